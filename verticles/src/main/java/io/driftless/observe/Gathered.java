package io.driftless.observe;

import io.driftless.stage.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/// Says after a moment what was told meanwhile, of each key the last: for what is only shown. A rollout tells of each
/// of its Pods a few times in a row, and each record said by itself costs as much as ten said together.
final class Gathered implements Say {
    private final Say say;
    private final Duration moment;
    private final Map<String, Unsaid> waiting = new LinkedHashMap<>();

    Gathered(Say say, Duration moment) {
        this.say = say;
        this.moment = moment;
    }

    @Override
    public CompletionStage<?> say(Publication publication) {
        Unsaid one = new Unsaid(publication);
        synchronized (waiting) {
            boolean first = waiting.isEmpty();
            // What follows of the same key takes its place, and speaks for it.
            Unsaid before = waiting.remove(publication.key());
            waiting.put(publication.key(), one);
            if (before != null) {
                before.endsWith(one.said());
            }
            if (first) {
                Thread.startVirtualThread(this::sayAll);
            }
        }
        return one.said();
    }

    private void sayAll() {
        LockSupport.parkNanos(moment.toNanos());
        List<Unsaid> due;
        synchronized (waiting) {
            due = new ArrayList<>(waiting.values());
            waiting.clear();
        }
        due.forEach(one -> one.sayBy(say));
    }
}
