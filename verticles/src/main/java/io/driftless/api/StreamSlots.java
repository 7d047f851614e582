package io.driftless.api;

import io.driftless.http.HttpFailure;
import io.driftless.rpc.Outlet;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds how many streams are open at once.
final class StreamSlots {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    StreamSlots(int most) {
        this.most = most;
    }

    /// Takes a slot until the connection of the request ends; fails with [HttpFailure] 429 when there is none.
    void take(RoutingContext context) {
        take();
        context.addEndHandler(ended -> open.decrementAndGet());
    }

    /// Takes a slot until the stream ends; fails with [HttpFailure] 429 when there is none.
    void take(Outlet outlet) {
        take();
        outlet.whenClosed(open::decrementAndGet);
    }

    private void take() {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw HttpFailure.tooMany("too many streams are open; close one or try later");
        }
    }

    int open() {
        return open.get();
    }
}
