package io.driftless.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/// Records of the [Relay] on their way into one reader. What does not fit is dropped: the fetch brings it.
final class RelayedRecords {
    private static final int MOST = 10_000;
    private final BlockingQueue<ConsumerRecord<String, byte[]>> arrived = new LinkedBlockingQueue<>(MOST);

    /// Records whose predecessors are not read yet: two writers may hear of their acknowledgements in either order.
    private final Map<TopicPartition, TreeMap<Long, ConsumerRecord<String, byte[]>>> early = new HashMap<>();

    /// From any thread.
    void add(ConsumerRecord<String, byte[]> record) {
        arrived.offer(record);
    }

    boolean isEmpty() {
        return arrived.isEmpty();
    }

    /// Hands over those that come next in their partitions, and moves the consumer behind them. On the thread of the
    /// consumer.
    ///
    /// @param reading whether a partition is assigned to the consumer and not paused; records of others are dropped
    /// @return how many
    int drain(
            Consumer<?, ?> consumer,
            Predicate<TopicPartition> reading,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> taker) {
        for (var record = arrived.poll(); record != null; record = arrived.poll()) {
            early.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), partition -> new TreeMap<>())
                    .put(record.offset(), record);
        }
        if (early.isEmpty()) {
            return 0;
        }
        int taken = 0;
        for (var entries = early.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (reading.test(entry.getKey())) {
                taken += take(consumer, entry.getKey(), entry.getValue(), taker);
            } else {
                entry.getValue().clear();
            }
            forgetIfDone(entries, entry.getValue());
        }
        return taken;
    }

    private static void forgetIfDone(Iterator<?> entries, TreeMap<Long, ?> records) {
        if (records.isEmpty() || records.size() > MOST) {
            entries.remove();
        }
    }

    private static int take(
            Consumer<?, ?> consumer,
            TopicPartition partition,
            TreeMap<Long, ConsumerRecord<String, byte[]>> records,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> taker) {
        long position;
        try {
            position = Calm.call(() -> consumer.position(partition, Duration.ZERO));
        } catch (TimeoutException notKnownYet) {
            return 0;
        }
        records.headMap(position).clear();
        long next = position;
        for (var first = records.firstEntry(); first != null && first.getKey() == next; first = records.firstEntry()) {
            taker.accept(first.getValue());
            records.remove(next);
            next++;
        }
        if (next != position) {
            consumer.seek(partition, next);
        }
        return (int) (next - position);
    }
}
