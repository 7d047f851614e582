package io.driftless.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far the stage has come: an offset may be committed when every round up to it is complete, that is, when all
/// that was said because of its records is acknowledged.
final class Progress {
    private final Deque<Round> rounds = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
    private Round current = new Round();

    /// Records taken in together and what was said because of them.
    static final class Round {
        private final Map<TopicPartition, Long> positions = new HashMap<>();
        private final AtomicInteger open = new AtomicInteger();
        private final long since = System.nanoTime();

        /// Called by the producer.
        void acknowledged() {
            open.decrementAndGet();
        }
    }

    void taken(TopicPartition partition, long next) {
        current.positions.put(partition, next);
    }

    /// The round that what is said now belongs to.
    Round sending() {
        current.open.incrementAndGet();
        return current;
    }

    void endRound() {
        if (!current.positions.isEmpty() || current.open.get() > 0) {
            rounds.add(current);
            current = new Round();
        }
        while (!rounds.isEmpty() && rounds.element().open.get() == 0) {
            rounds.remove()
                    .positions
                    .forEach((partition, next) -> committable.put(partition, new OffsetAndMetadata(next)));
        }
    }

    int unacknowledged() {
        return rounds.stream().mapToInt(round -> round.open.get()).sum();
    }

    /// Nanoseconds that the oldest unacknowledged publication waits; 0 when there is none.
    long oldest() {
        Round first = rounds.peek();
        return first == null ? 0 : System.nanoTime() - first.since;
    }

    boolean hasCommittable() {
        return !committable.isEmpty();
    }

    Map<TopicPartition, OffsetAndMetadata> takeCommittable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = Map.copyOf(committable);
        committable.clear();
        return offsets;
    }

    /// A commit failed for now; newer offsets win.
    void giveBack(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach(committable::putIfAbsent);
    }

    void forget(Set<TopicPartition> partitions) {
        committable.keySet().removeAll(partitions);
        rounds.forEach(round -> round.positions.keySet().removeAll(partitions));
        current.positions.keySet().removeAll(partitions);
    }
}
