package io.driftless.api;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds how many streams are open at once.
final class StreamSlots {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    StreamSlots(int most) {
        this.most = most;
    }

    /// Takes a slot until the connection of the request ends; false when there is none.
    boolean take(RoutingContext context) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return false;
        }
        context.addEndHandler(ended -> open.decrementAndGet());
        return true;
    }

    int open() {
        return open.get();
    }
}
