package io.driftless.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import io.driftless.proto.MessageType;
import io.driftless.proto.WireWriter;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/// A stream of gRPC messages.
final class GrpcOutlet implements Outlet {
    private static final int QUEUE_BYTES = 256 * 1024;
    private final RoutingContext request;
    private final HttpServerResponse response;
    private final Context context;
    private final GrpcReply reply;
    private final MessageType type;

    GrpcOutlet(RoutingContext request, GrpcReply reply, MessageType type) {
        this.request = request;
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
        this.reply = reply;
        this.type = type;
        response.setWriteQueueMaxSize(QUEUE_BYTES);
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public boolean closed() {
        return response.closed() || response.ended();
    }

    @Override
    public void write(JsonNode message) {
        reply.write(WireWriter.write(type, message));
    }

    /// HTTP/2 has its own pings.
    @Override
    public void beat() {
        if (!response.headWritten() && !closed()) {
            reply.begin();
        }
    }

    @Override
    public void cutOff(HttpFailure failure) {
        fail(failure);
        Linger.thenDrop(request);
    }

    @Override
    public void whenDrained(Runnable handler) {
        response.drainHandler(drained -> handler.run());
    }

    @Override
    public void whenClosed(Runnable handler) {
        request.addEndHandler(ended -> handler.run());
    }

    @Override
    public void end() {
        reply.end();
    }

    @Override
    public void fail(HttpFailure failure) {
        reply.fail(failure);
    }
}
