package io.driftless.rpc;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/// The end of a stream whose client takes nothing: it gets a moment to read why, then what it has not taken is dropped.
final class Linger {
    private static final long MILLIS = 5_000;

    private Linger() {}

    static void thenDrop(RoutingContext context) {
        context.vertx().setTimer(MILLIS, id -> {
            if (context.request().version() == HttpVersion.HTTP_2) {
                context.response().reset();
            } else {
                context.request().connection().close();
            }
        });
    }
}
