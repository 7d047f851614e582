package io.driftless.stage;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running stage: a thread that lives one [StageLoop] after the other until it is closed.
final class StageRunner<T, O> implements StageHandle<O> {
    private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final StageDefinition<T, O> definition;
    private final Performer<T, O> performer;
    private final StageRuntime.Parts parts;
    private final Inbox<T, O> inbox = new Inbox<>();
    private final List<Consumer<Set<String>>> rebuiltListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> ownershipListeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final Readiness readiness = new Readiness();
    private volatile boolean crashed;
    private volatile boolean flowing = true;
    private volatile @Nullable StageLoop<T, O> loop;

    StageRunner(StageDefinition<T, O> definition, Performer<T, O> performer, StageRuntime.Parts parts) {
        this.definition = definition;
        this.performer = performer;
        this.parts = parts;
        this.thread = Thread.ofPlatform().name("driftless-" + definition.name()).unstarted(this::live);
    }

    void start() {
        thread.start();
    }

    private void live() {
        int failures = 0;
        while (!closing()) {
            StageLoop<T, O> life = null;
            try {
                life = new StageLoop<>(definition, performer, parts, this, inbox);
                loop = life;
                life.run();
            } catch (RuntimeException | Error e) {
                failures = readiness.now() ? 1 : failures + 1;
                LOG.error("{}: starts over", definition.name(), e);
                parts.metrics().restarts.incrementAndGet();
            } finally {
                readiness.set(false);
                loop = null;
                end(life);
            }
            pause(failures);
        }
    }

    private void end(@Nullable StageLoop<T, O> life) {
        try {
            if (life != null) {
                life.close();
            }
        } catch (RuntimeException e) {
            LOG.warn("{}: did not end cleanly: {}", definition.name(), e.toString());
        }
    }

    private void pause(int failures) {
        long millis = failures == 0 ? 0 : Math.min(500L << Math.min(failures - 1, 10), LONGEST_PAUSE.toMillis());
        try {
            closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    boolean closing() {
        return closing.getCount() == 0;
    }

    boolean crashed() {
        return crashed;
    }

    /// How long running tasks may go on when partitions are taken away or the stage is closed.
    Duration patience() {
        return Duration.ofSeconds(8);
    }

    void state(boolean ready, boolean flows) {
        readiness.set(ready);
        flowing = flows;
    }

    void rebuilt(Set<String> subjects) {
        rebuiltListeners.forEach(listener -> Thread.startVirtualThread(() -> listener.accept(subjects)));
        ownershipChanged();
    }

    void ownershipChanged() {
        ownershipListeners.forEach(Thread::startVirtualThread);
    }

    @Override
    public void deliver(String subject, O news) {
        inbox.add(new Mail.News<>(subject, news));
    }

    @Override
    public Set<String> subjects() {
        StageLoop<T, O> current = loop;
        return current == null ? Set.of() : current.session.subjects();
    }

    @Override
    public boolean owns(String subject) {
        StageLoop<T, O> current = loop;
        return current != null && current.session.owns(subject);
    }

    @Override
    public void onRebuilt(Consumer<Set<String>> listener) {
        inbox.add(new Mail.Listener<>(() -> rebuiltListeners.add(listener), listener));
    }

    @Override
    public void onOwnershipChange(Runnable listener) {
        ownershipListeners.add(listener);
        Thread.startVirtualThread(listener);
    }

    @Override
    public StageHealth health() {
        StageLoop<T, O> current = loop;
        boolean reachable = current != null && current.brokerReachable() && flowing;
        boolean ready = readiness.now();
        String detail = !reachable
                ? "Kafka at " + parts.kafka().bootstrap() + " does not answer"
                : ready ? "running" : "reading its tables";
        return new StageHealth(ready, reachable, detail);
    }

    @Override
    public StageMetrics metrics() {
        return parts.metrics();
    }

    @Override
    public void awaitReady(Duration limit) throws InterruptedException {
        if (!readiness.await(limit)) {
            throw new KafkaFailure("stage " + definition.name() + " is not ready after " + limit.toSeconds() + " s: "
                    + health().detail());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        inbox.add(new Mail.Nudge<>());
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends as if the process had been killed: nothing is committed, the group is not told.
    void crash() {
        crashed = true;
        close();
    }
}
