package io.driftless.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the broker how far a stage has come: once a second by the way, and at once before its partitions go to others.
final class Commits {
    static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private final String stage;
    private final Consumer<?, ?> consumer;
    private final Progress progress;
    private long last = System.nanoTime();

    Commits(String stage, Consumer<?, ?> consumer, Progress progress) {
        this.stage = stage;
        this.consumer = consumer;
        this.progress = progress;
    }

    /// Waits for nothing; what the broker does not take is offered again with the next.
    void byTheWay() {
        long now = System.nanoTime();
        if (now - last < PERIOD_NANOS || !progress.hasCommittable()) {
            return;
        }
        last = now;
        consumer.commitAsync(progress.takeCommittable(), (offsets, failure) -> {
            if (failure != null) {
                Map<TopicPartition, OffsetAndMetadata> again = new HashMap<>(offsets);
                again.keySet().retainAll(consumer.assignment());
                progress.giveBack(again);
            }
        });
    }

    /// Waits for the broker, within bounds.
    void atOnce() {
        Map<TopicPartition, OffsetAndMetadata> offsets = progress.takeCommittable();
        if (offsets.isEmpty()) {
            return;
        }
        try {
            Calm.call(() -> {
                consumer.commitSync(offsets, LONGEST);
                return true;
            });
        } catch (KafkaException e) {
            LOG.warn("{}: could not commit, some records will come again: {}", stage, e.getMessage());
        }
    }
}
