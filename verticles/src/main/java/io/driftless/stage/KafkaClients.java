package io.driftless.stage;

import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Consumers and producers with the settings of this pipeline: small delay, little work when idle, nothing lost.
final class KafkaClients {
    /// A producer that waits for ever never gives up a record; the stage stops consuming meanwhile.
    private static final String FOR_EVER = String.valueOf(Integer.MAX_VALUE);

    private KafkaClients() {}

    /// A member of the group of a stage.
    static KafkaConsumer<String, byte[]> member(
            Vertx vertx, KafkaConnection kafka, String stage, String instance, boolean relayed) {
        Map<String, String> settings = reading("driftless-" + stage + "-" + instance, relayed);
        settings.put("group.id", "driftless-" + stage);
        // Range assignment gives the same partitions of all topics to one member.
        settings.put("partition.assignment.strategy", RangeAssignor.class.getName());
        settings.put("session.timeout.ms", "10000");
        settings.put("heartbeat.interval.ms", "3000");
        settings.put("auto.offset.reset", "earliest");
        return consumer(vertx, kafka.client(settings));
    }

    /// A reader of its own, in no group.
    static KafkaConsumer<String, byte[]> reader(Vertx vertx, KafkaConnection kafka, String name, boolean relayed) {
        Map<String, String> settings = reading("driftless-reader-" + name, relayed);
        settings.put("auto.offset.reset", "earliest");
        return consumer(vertx, kafka.client(settings));
    }

    private static KafkaConsumer<String, byte[]> consumer(Vertx vertx, Map<String, String> settings) {
        return KafkaConsumer.create(vertx, settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /// @param relayed whether a [Relay] brings what is new, so that the broker is asked only for what went past it
    private static Map<String, String> reading(String clientId, boolean relayed) {
        Map<String, String> settings = new HashMap<>();
        settings.put("client.id", clientId);
        settings.put("enable.auto.commit", "false");
        settings.put("allow.auto.create.topics", "false");
        // How often the broker says that there is nothing.
        settings.put("fetch.max.wait.ms", relayed ? String.valueOf(Visits.LONGEST_ANSWER_MILLIS) : "2000");
        settings.put("max.poll.records", "5000");
        // So often a member's thread for heartbeats looks around, too.
        settings.put("retry.backoff.ms", "100");
        // Groups come to be within moments; a broker that is away is asked at the pace of reconnections.
        settings.put("retry.backoff.max.ms", "100");
        settings.put("reconnect.backoff.max.ms", "2000");
        return settings;
    }

    /// The producer of a stage: keeps trying until it is closed.
    static KafkaProducer<String, byte[]> patient(Vertx vertx, KafkaConnection kafka, String stage, String instance) {
        Map<String, String> settings = writing(kafka, "driftless-" + stage + "-" + instance);
        settings.put("delivery.timeout.ms", FOR_EVER);
        return producer(vertx, kafka.client(settings));
    }

    /// A producer that says soon that the broker does not answer.
    static KafkaProducer<String, byte[]> hasty(Vertx vertx, KafkaConnection kafka, String name, int limitMillis) {
        Map<String, String> settings = writing(kafka, "driftless-writer-" + name);
        settings.put("delivery.timeout.ms", String.valueOf(limitMillis));
        settings.put("request.timeout.ms", String.valueOf(limitMillis * 2 / 3));
        settings.put("max.block.ms", String.valueOf(limitMillis));
        return producer(vertx, kafka.client(settings));
    }

    private static KafkaProducer<String, byte[]> producer(Vertx vertx, Map<String, String> settings) {
        return KafkaProducer.create(vertx, settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static Map<String, String> writing(KafkaConnection kafka, String clientId) {
        Map<String, String> settings = new HashMap<>();
        settings.put("client.id", clientId);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("linger.ms", "0");
        settings.put("batch.size", String.valueOf(64 * 1024));
        // 0.2 ms for each small record on loopback.
        settings.put("compression.type", kafka.near() ? "none" : "zstd");
        settings.put("max.request.size", String.valueOf(Limits.BATCH_BYTES));
        settings.put("retry.backoff.ms", "20");
        settings.put("reconnect.backoff.max.ms", "2000");
        return settings;
    }

    /// Whether a client has a connection to the broker, by its own metrics.
    static boolean connected(Map<MetricName, ? extends Metric> metrics) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-count"))
                .anyMatch(metric -> metric.getValue().metricValue() instanceof Number count && count.doubleValue() > 0);
    }
}
