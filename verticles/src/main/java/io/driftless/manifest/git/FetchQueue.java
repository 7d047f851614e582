package io.driftless.manifest.git;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// At most one exchange per repository at a time, and none that is not needed.
///
/// Who asks while an exchange runs is served by the next one, together with all who wait, unless
/// the running one already brought what the hint speaks of.
final class FetchQueue {
    private record Ask(FetchHint hint, CompletableFuture<Fetched> answer) {}

    private final Executor executor;
    private final Function<List<FetchHint>, Fetched> exchange;
    private final Predicate<FetchHint> satisfied;
    private final Runnable afterwards;
    private List<Ask> waiting = new ArrayList<>();
    private boolean running;

    /// @param afterwards what is still to do after an exchange when those who waited have their answer, before the next
    FetchQueue(
            Executor executor,
            Function<List<FetchHint>, Fetched> exchange,
            Predicate<FetchHint> satisfied,
            Runnable afterwards) {
        this.executor = executor;
        this.exchange = exchange;
        this.satisfied = satisfied;
        this.afterwards = afterwards;
    }

    CompletableFuture<Fetched> ask(FetchHint hint) {
        if (satisfied.test(hint)) {
            return CompletableFuture.completedFuture(Fetched.alreadyKnown());
        }
        Ask ask = new Ask(hint, new CompletableFuture<>());
        List<Ask> first = List.of();
        synchronized (this) {
            waiting.add(ask);
            if (!running) {
                running = true;
                first = take();
            }
        }
        run(first);
        return ask.answer;
    }

    private List<Ask> take() {
        List<Ask> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    private void run(List<Ask> asks) {
        if (!asks.isEmpty()) {
            executor.execute(() -> serve(asks));
        }
    }

    private void serve(List<Ask> asks) {
        Fetched done = null;
        Throwable failure = null;
        try {
            done = exchange.apply(asks.stream().map(Ask::hint).toList());
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        complete(asks, done, failure);
        afterwards.run();
        List<Ask> settled = new ArrayList<>();
        List<Ask> next = new ArrayList<>();
        synchronized (this) {
            for (Ask ask : take()) {
                (failure == null && satisfied.test(ask.hint) ? settled : next).add(ask);
            }
            running = !next.isEmpty();
        }
        run(next);
        complete(settled, done, failure);
    }

    private static void complete(List<Ask> asks, @Nullable Fetched done, @Nullable Throwable failure) {
        for (Ask ask : asks) {
            if (failure != null) {
                ask.answer.completeExceptionally(failure);
            } else if (done != null) {
                ask.answer.complete(done);
            }
        }
    }
}
