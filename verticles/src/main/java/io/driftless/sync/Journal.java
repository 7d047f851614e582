package io.driftless.sync;

import io.driftless.events.ApplicationName;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.SyncEvent;
import io.driftless.events.Topic;
import io.driftless.stage.Decision;
import io.driftless.stage.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is said of one application: events, then the record of the operation that rests on them. Knows its own records
/// when they come back.
final class Journal {
    /// How long an event waits for writes under way.
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final List<SyncEvent> unsaid = new ArrayList<>();
    private @Nullable Instant unsaidSince;
    /// Own records that have not come back yet, in order; a tombstone is empty.
    private final Deque<Optional<OperationRecorded>> echoes = new ArrayDeque<>();

    /// Whether a record, empty for a tombstone, is the next of the own ones to come back.
    boolean hears(Optional<OperationRecorded> record) {
        boolean echo = record.equals(echoes.peek());
        if (echo) {
            echoes.remove();
        }
        return echo;
    }

    /// Whether own records have not come back yet.
    boolean listens() {
        return !echoes.isEmpty();
    }

    /// Begins a decision with what the one before left unsaid.
    void resume(Out out) {
        out.events.addAll(unsaid);
        unsaid.clear();
    }

    /// Says what happened, then the record that rests on it. Events wait for a moment while there are writes to hand
    /// out, or under way, that need no new record: the writes that follow would have to wait for the events.
    Decision<SyncTask> say(@Nullable Operation operation, Out out) {
        Instant until = unsaidSince == null ? out.now.plus(PATIENCE) : unsaidSince.plus(PATIENCE);
        boolean writesFirst = !out.tasks.isEmpty() || (writing(operation) && out.now.isBefore(until));
        if (!writesFirst || (operation != null && operation.unrecorded)) {
            write(operation, out);
            unsaidSince = null;
        } else if (!out.events.isEmpty()) {
            unsaid.addAll(out.events);
            unsaidSince = unsaidSince == null ? out.now : unsaidSince;
            out.wake(until);
        }
        return new Decision<>(out.publications, out.tasks, out.wakeAt);
    }

    private static boolean writing(@Nullable Operation operation) {
        return operation != null && operation.running() && !operation.inFlight.isEmpty();
    }

    /// Writes the events of the decision and, if it has changed, the record.
    void write(@Nullable Operation operation, Out out) {
        String chain = operation == null ? "" : operation.chain;
        out.events.forEach(event -> out.publications.add(Publication.of(event, chain)));
        out.events.clear();
        if (operation != null && operation.unrecorded) {
            operation.unrecorded = false;
            operation.sequence++;
            OperationRecorded record = operation.record();
            echoes.add(Optional.of(record));
            out.publications.add(Publication.of(record, chain));
        }
    }

    /// Withdraws the record by a tombstone.
    void erase(ApplicationName application, Out out) {
        echoes.add(Optional.empty());
        out.publications.add(Publication.tombstone(Topic.OPERATIONS, application.toString(), ""));
    }
}
