package io.driftless.stage;

import io.driftless.events.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The partitions that this instance owns. A partition that is taken away and given back by the same rebalance goes on
/// where it was; nobody else can have owned it in between.
final class Slices<T, O> {
    private final StageDefinition<T, O> definition;
    private final Map<Integer, Slice<T, O>> slices = new ConcurrentSkipListMap<>();
    /// How far partitions were read when the current rebalance took them away.
    private final Map<TopicPartition, Long> suspended = new HashMap<>();
    /// Up to where unreadable records of tables have been reported by an earlier owner.
    private final Map<TopicPartition, Long> reported = new HashMap<>();

    Slices(StageDefinition<T, O> definition) {
        this.definition = definition;
    }

    @Nullable
    Slice<T, O> get(int partition) {
        return slices.get(partition);
    }

    Collection<Slice<T, O>> all() {
        return slices.values();
    }

    boolean allReady() {
        return slices.values().stream().allMatch(slice -> slice.ready);
    }

    void suspend(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            suspended.put(partition, Calm.call(() -> consumer.position(partition)));
        }
    }

    /// Takes over what was assigned and drops what was not given back.
    ///
    /// @return the partitions that were dropped
    Set<TopicPartition> assign(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        Set<TopicPartition> dropped = new HashSet<>(suspended.keySet());
        dropped.removeAll(Set.copyOf(assigned));
        drop(dropped);
        Set<TopicPartition> tables = new HashSet<>();
        for (TopicPartition partition : assigned) {
            Long position = suspended.remove(partition);
            if (position != null) {
                consumer.seek(partition, position);
            } else if (isTable(partition)) {
                tables.add(partition);
            }
            slices.computeIfAbsent(partition.partition(), number -> new Slice<>(number, definition.logic()));
        }
        suspended.clear();
        fromTheBeginning(consumer, tables);
        return dropped;
    }

    private boolean isTable(TopicPartition partition) {
        return definition.tables().contains(Topic.named(partition.topic()));
    }

    private void fromTheBeginning(Consumer<?, ?> consumer, Set<TopicPartition> tables) {
        if (tables.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = Calm.call(() -> consumer.endOffsets(tables));
        Map<TopicPartition, OffsetAndMetadata> committed = Calm.call(() -> consumer.committed(tables));
        Calm.call(() -> consumer.beginningOffsets(tables)).forEach((partition, begin) -> {
            consumer.seek(partition, begin);
            OffsetAndMetadata offset = committed.get(partition);
            reported.put(partition, offset == null ? 0 : offset.offset());
            Slice<T, O> slice = slices.get(partition.partition());
            Long end = ends.get(partition);
            if (slice != null && end != null && begin < end) {
                slice.unread.put(partition, end);
            }
        });
    }

    /// True for a record that an earlier owner, or this one before a rebalance, has reported already.
    boolean reported(TopicPartition partition, long offset) {
        return offset < reported.getOrDefault(partition, 0L);
    }

    void drop(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            suspended.remove(partition);
            reported.remove(partition);
            Slice<T, O> slice = slices.remove(partition.partition());
            if (slice != null) {
                slice.dropped = true;
            }
        }
    }

    void dropAll() {
        slices.values().forEach(slice -> slice.dropped = true);
        slices.clear();
        suspended.clear();
        reported.clear();
    }
}
