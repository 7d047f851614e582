package io.driftless.rpc;

import io.driftless.http.HttpFailure;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/// What streams have in common whatever form their messages have: an answer over HTTP that takes its time.
abstract class ResponseOutlet implements Outlet {
    /// How much may wait for a slow reader before it counts as [#full].
    static final int QUEUE_BYTES = 256 * 1024;

    final RoutingContext request;
    final HttpServerResponse response;
    private final Context context;

    ResponseOutlet(RoutingContext request) {
        this.request = request;
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
    }

    @Override
    public final Context context() {
        return context;
    }

    @Override
    public final boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public final boolean closed() {
        return response.closed() || response.ended();
    }

    @Override
    public final void cutOff(HttpFailure failure) {
        fail(failure);
        Linger.thenDrop(request);
    }

    @Override
    public final void whenDrained(Runnable handler) {
        response.drainHandler(drained -> handler.run());
    }

    @Override
    public final void whenClosed(Runnable handler) {
        request.addEndHandler(ended -> handler.run());
    }
}
