package io.driftless.observe;

import io.driftless.stage.Publication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/// Says single things at once, and of what comes close together the rest in one go: all of it and in its order. A sync
/// changes its objects within milliseconds, and each record that travels alone costs a round of every stage, at a time
/// at which the next objects are being written.
final class Bunched implements Say {
    /// Drift that comes in two steps is not held up.
    private static final int AT_ONCE = 2;

    private final Say say;
    private final long moment;
    private final long later;
    private final Queue<Unsaid> waiting = new ArrayDeque<>();
    private long due;
    private long since;
    private int said;

    /// @param moment what comes within it is said together
    /// @param later  how long [#sayLater] may wait
    Bunched(Say say, Duration moment, Duration later) {
        this.say = say;
        this.moment = moment.toNanos();
        this.later = later.toNanos();
        this.since = System.nanoTime();
    }

    @Override
    public synchronized CompletionStage<?> say(Publication publication) {
        long now = System.nanoTime();
        if (now - since >= moment) {
            since = now;
            said = 0;
        }
        if (said < AT_ONCE) {
            said++;
            return sayWaitingBefore(publication);
        }
        return await(publication, now, since + moment);
    }

    @Override
    public synchronized CompletionStage<?> sayLater(Publication publication) {
        long now = System.nanoTime();
        return await(publication, now, now + later);
    }

    private CompletionStage<?> await(Publication publication, long now, long until) {
        if (waiting.isEmpty() || until - due < 0) {
            due = until;
            Thread.startVirtualThread(() -> sayAll(until, until - now));
        }
        Unsaid one = new Unsaid(publication);
        waiting.add(one);
        return one.said();
    }

    private void sayAll(long planned, long after) {
        LockSupport.parkNanos(after);
        synchronized (this) {
            // Where it was said meanwhile, what waits now has a time of its own.
            if (due == planned) {
                if (planned == since + moment) {
                    since = System.nanoTime(); // more of it goes on being said together
                }
                sayWaiting();
            }
        }
    }

    /// What waits about the same object is the past now: what is said in its place speaks for it.
    private CompletionStage<?> sayWaitingBefore(Publication publication) {
        List<Unsaid> past = waiting.stream()
                .filter(one -> one.publication().key().equals(publication.key()))
                .toList();
        waiting.removeAll(past);
        sayWaiting();
        CompletionStage<?> saying = say.say(publication);
        past.forEach(one -> one.endsWith(saying));
        return saying;
    }

    private void sayWaiting() {
        for (Unsaid one = waiting.poll(); one != null; one = waiting.poll()) {
            one.sayBy(say);
        }
    }
}
