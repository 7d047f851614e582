package io.driftless.observe;

import io.driftless.stage.Publication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/// Says single things at once, and of what comes close together the rest in one go: all of it and in its order. A sync
/// changes its objects within milliseconds, and each record that travels alone costs a round of every stage.
final class Bunched implements Say {
    /// Drift and its healing are two, and must not wait for one another.
    private static final int AT_ONCE = 2;

    private final Say say;
    private final long moment;
    private final Queue<Unsaid> waiting = new ArrayDeque<>();
    private long since;
    private int said;

    Bunched(Say say, Duration moment) {
        this.say = say;
        this.moment = moment.toNanos();
        this.since = System.nanoTime();
    }

    @Override
    public synchronized CompletionStage<?> say(Publication publication) {
        long now = System.nanoTime();
        if (waiting.isEmpty() && now - since >= moment) {
            since = now;
            said = 0;
        }
        if (waiting.isEmpty() && said < AT_ONCE) {
            said++;
            return say.say(publication);
        }
        if (waiting.isEmpty()) {
            long rest = since + moment - now;
            Thread.startVirtualThread(() -> sayAll(rest));
        }
        Unsaid one = new Unsaid(publication);
        waiting.add(one);
        return one.said();
    }

    private void sayAll(long after) {
        LockSupport.parkNanos(after);
        synchronized (this) {
            since = System.nanoTime();
            said = AT_ONCE;
            for (Unsaid one = waiting.poll(); one != null; one = waiting.poll()) {
                one.sayBy(say);
            }
        }
    }
}
