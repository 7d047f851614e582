package io.driftless.stage;

import io.driftless.events.Topic;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts records that a reader without a group could not read on the dead-letter topic. Each instance does, so a record
/// may lie there once for every instance; `dead_partition` and `dead_offset` tell that it is the same.
final class Undertaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Undertaker.class);
    private final Vertx vertx;
    private final KafkaConnection kafka;
    private final String name;
    private @Nullable KafkaProducer<String, byte[]> handle;

    Undertaker(Vertx vertx, KafkaConnection kafka, String name) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.name = name;
    }

    /// Waits for the broker, for a bounded time: what is not acknowledged then is logged and passed over.
    synchronized void bury(Topic topic, ConsumerRecord<String, byte[]> record, RuntimeException reason) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        LOG.warn("{}: {} goes to {}: {}", name, place, topic.deadLetterTopic(), DeadLetters.text(reason));
        if (handle == null) {
            int limit = (int) EventWriter.LIMIT.toMillis();
            handle = KafkaClients.hasty(vertx, kafka, name + "-dead", limit);
        }
        try {
            handle.unwrap().send(DeadLetters.of(name, topic, record, reason)).get();
        } catch (ExecutionException e) {
            LOG.error("{}: {} could not be put there: {}", name, place, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (handle != null) {
            handle.unwrap().close(EventWriter.LIMIT);
            handle.close();
        }
    }
}
