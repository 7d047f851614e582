package io.driftless.demo;

import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.SyncEvent.ResourceApplied;
import io.driftless.events.SyncEvent.SyncStarted;
import io.driftless.events.SyncEvent.SyncSucceeded;
import io.driftless.events.SyncStatus;
import io.driftless.stage.ReadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Every event as it passes: counted by type, and the moments of one commit's way through the stages.
final class EventLog implements Consumer<ReadRecord> {
    private final String application;
    private final Consumer<Envelope> view;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Step, Instant> moments = new LinkedHashMap<>();
    private String revision = "";
    private Instant after = Instant.MIN;

    /// The steps of a commit, in order.
    enum Step {
        PUSHED,
        RENDERED,
        COMPARED,
        SYNC_STARTED,
        APPLIED,
        SYNCED,
        OBSERVED
    }

    EventLog(String application, Consumer<Envelope> view) {
        this.application = application;
        this.view = view;
    }

    @Override
    public synchronized void accept(ReadRecord record) {
        Envelope envelope = record.envelope();
        if (envelope != null) {
            counts.merge(envelope.type(), 1, Integer::sum);
            note(envelope);
            view.accept(envelope);
        }
    }

    /// From now on the way of this commit is noted.
    synchronized void follow(Instant start) {
        moments.clear();
        revision = "";
        after = start;
    }

    private void note(Envelope envelope) {
        if (envelope.time().isBefore(after)) {
            return;
        }
        switch (envelope.event()) {
            case RepositoryPushed pushed -> {
                revision = pushed.after() == null ? "" : pushed.after();
                first(Step.PUSHED, envelope);
            }
            case ManifestsRendered rendered
            when concerns(rendered.application().toString()) -> first(Step.RENDERED, envelope);
            case ApplicationCompared compared
            when concerns(compared.application().toString())
                    && compared.revision().equals(revision) ->
                first(compared.status() == SyncStatus.SYNCED ? Step.OBSERVED : Step.COMPARED, envelope);
            case SyncStarted started
            when concerns(started.application().toString()) -> first(Step.SYNC_STARTED, envelope);
            case ResourceApplied applied
            when concerns(applied.application().toString()) -> moments.put(Step.APPLIED, envelope.time());
            case SyncSucceeded succeeded
            when concerns(succeeded.application().toString()) -> first(Step.SYNCED, envelope);
            default -> {
                // Counted, but no step of a commit's way.
            }
        }
    }

    private boolean concerns(String name) {
        return name.equals(application) && !revision.isEmpty();
    }

    private void first(Step step, Envelope envelope) {
        moments.putIfAbsent(step, envelope.time());
        notifyAll();
    }

    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /// Waits, for a bounded time, until the last step was noted; then milliseconds of each stage.
    synchronized Map<String, Double> stages(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!(moments.containsKey(Step.OBSERVED) && moments.containsKey(Step.SYNCED))) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        Map<String, Double> stages = new LinkedHashMap<>();
        put(stages, "manifest", Step.PUSHED, Step.RENDERED);
        put(stages, "drift", Step.RENDERED, Step.COMPARED);
        put(stages, "sync", Step.COMPARED, Step.SYNCED);
        put(stages, "observe", Step.SYNCED, Step.OBSERVED);
        return stages;
    }

    private void put(Map<String, Double> stages, String stage, Step from, Step to) {
        Instant start = moments.get(from);
        Instant end = moments.get(to);
        if (start != null && end != null) {
            stages.put(stage, Math.max(0, Duration.between(start, end).toNanos() / 1000) / 1000.0);
        }
    }
}
