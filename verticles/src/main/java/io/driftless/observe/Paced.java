package io.driftless.observe;

import io.driftless.events.HealthStatus;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.stage.Publication;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Says of an object whose `metadata.generation` and health stay at most one record in a moment, and then the last:
/// while a Deployment is rolled out its controller writes status after status, and each record costs a round of every
/// stage. What is wished anew, what fares otherwise, what goes, and what has no generation is said at once.
final class Paced implements Say {
    /// What is said at once when it changes.
    private record State(long generation, HealthStatus health) {}

    /// What was said of an object a moment ago, and what has been told of it since.
    private record Recent(long since, State state, @Nullable Unsaid waiting) {}

    private final Say say;
    private final long moment;
    /// The oldest first.
    private final Map<String, Recent> recent = new LinkedHashMap<>();

    Paced(Say say, Duration moment) {
        this.say = say;
        this.moment = moment.toNanos();
    }

    @Override
    public CompletionStage<?> say(Publication publication) {
        return say(publication, say::say);
    }

    @Override
    public CompletionStage<?> sayLater(Publication publication) {
        return say(publication, say::sayLater);
    }

    private synchronized CompletionStage<?> say(
            Publication publication, Function<Publication, CompletionStage<?>> way) {
        long now = System.nanoTime();
        forget(now);
        String key = publication.key();
        State state = state(publication);
        Recent before = recent.remove(key);
        if (before == null || !before.state().equals(state)) {
            if (state != null) {
                recent.put(key, new Recent(now, state, null));
            }
            CompletionStage<?> said = way.apply(publication);
            if (before != null && before.waiting() != null) {
                before.waiting().endsWith(said);
            }
            return said;
        }
        Unsaid one = new Unsaid(publication);
        recent.put(key, new Recent(before.since(), before.state(), one));
        if (before.waiting() == null) {
            long rest = before.since() + moment - now;
            Thread.startVirtualThread(() -> sayLast(key, before.since(), rest));
        } else {
            before.waiting().endsWith(one.said());
        }
        return one.said();
    }

    private void sayLast(String key, long since, long after) {
        LockSupport.parkNanos(after);
        synchronized (this) {
            Recent last = recent.get(key);
            if (last != null && last.since() == since && last.waiting() != null) {
                recent.remove(key);
                recent.put(key, new Recent(System.nanoTime(), last.state(), null));
                last.waiting().sayBy(say);
            }
        }
    }

    private void forget(long now) {
        for (Iterator<Recent> oldest = recent.values().iterator(); oldest.hasNext(); ) {
            Recent one = oldest.next();
            if (one.waiting() != null || now - one.since() < moment) {
                return;
            }
            oldest.remove();
        }
    }

    private static @Nullable State state(Publication publication) {
        if (!(publication.event() instanceof ResourceObserved seen)) {
            return null;
        }
        long generation = seen.object().path("metadata").path("generation").asLong(0);
        return generation == 0 ? null : new State(generation, seen.health().status());
    }
}
