package io.driftless.api;

import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Outlet;
import org.jspecify.annotations.Nullable;

/// Looks after an open stream: shows its client that it lives, ends it when the token behind it has ended or was
/// revoked, and cuts off a client that takes nothing of what waits for it for too long. Everything runs on the context
/// of the connection.
final class StreamGuard {
    private static final String TOO_SLOW = "the stream was ended because its client does not keep up; ";
    private final Call call;
    private final Outlet outlet;
    private final ApiConfig config;
    private final String remedy;
    private Runnable ended = () -> {};
    private long fullSince;

    /// @param remedy what a client does that was too slow
    StreamGuard(Call call, Outlet outlet, ApiConfig config, String remedy) {
        this.call = call;
        this.outlet = outlet;
        this.config = config;
        this.remedy = remedy;
    }

    /// What a client is told that was too slow.
    static String tooSlow(String remedy) {
        return TOO_SLOW + remedy;
    }

    /// @param more sends what waits; called whenever there is room again
    /// @param ended lets go of the stream; may be called twice
    void begin(Runnable more, Runnable ended) {
        this.ended = ended;
        long timer = call.vertx().setPeriodic(config.heartbeat().toMillis(), id -> beat());
        outlet.whenClosed(() -> {
            call.vertx().cancelTimer(timer);
            ended.run();
        });
        outlet.whenDrained(() -> {
            fullSince = 0;
            more.run();
        });
    }

    /// Whether what is to be sent has to wait for the client, who has to take something from now on.
    boolean full() {
        if (!outlet.full()) {
            fullSince = 0;
            return false;
        }
        fullSince = fullSince == 0 ? System.nanoTime() : fullSince;
        return true;
    }

    void cutOff() {
        ended.run();
        outlet.cutOff(HttpFailure.tooMany(tooSlow(remedy)));
    }

    private void beat() {
        @Nullable HttpFailure lapsed = call.lapsed();
        if (lapsed != null) {
            outlet.fail(lapsed);
        } else if (fullSince != 0
                && System.nanoTime() - fullSince > config.slowest().toNanos()) {
            cutOff();
        } else {
            outlet.beat();
        }
    }
}
