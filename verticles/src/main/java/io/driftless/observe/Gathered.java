package io.driftless.observe;

import io.driftless.stage.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Says after a moment what was told meanwhile, of each key the last: for what is only shown. A rollout tells of each
/// of its Pods a few times in a row, and each record said by itself costs as much as ten said together.
final class Gathered implements Say {
    private final Say say;
    private final Duration moment;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(Publication publication, CompletableFuture<Boolean> said) {}

    Gathered(Say say, Duration moment) {
        this.say = say;
        this.moment = moment;
    }

    @Override
    public CompletionStage<?> say(Publication publication) {
        CompletableFuture<Boolean> said = new CompletableFuture<>();
        synchronized (waiting) {
            boolean first = waiting.isEmpty();
            // What follows of the same key takes its place, and speaks for it.
            Waiting before = waiting.remove(publication.key());
            waiting.put(publication.key(), new Waiting(publication, said));
            if (before != null) {
                CompletableFuture<?> unused = said.whenComplete((done, failure) -> pass(failure, before.said()));
            }
            if (first) {
                Thread.startVirtualThread(this::sayAll);
            }
        }
        return said;
    }

    private void sayAll() {
        LockSupport.parkNanos(moment.toNanos());
        List<Waiting> due;
        synchronized (waiting) {
            due = new ArrayList<>(waiting.values());
            waiting.clear();
        }
        due.forEach(one -> say.say(one.publication()).whenComplete((done, failure) -> pass(failure, one.said())));
    }

    private static void pass(@Nullable Throwable failure, CompletableFuture<Boolean> said) {
        if (failure == null) {
            said.complete(true);
        } else {
            said.completeExceptionally(failure);
        }
    }
}
