package io.driftless.bench;

import io.driftless.events.ApplicationName;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Envelope;
import io.driftless.events.EventCodec;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.RecordKey;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// From an event that is sent to the topic `drift` to the client that watches its Application; and from the same event
/// sent to a topic of nobody to a bare consumer.
final class DriftToWatch implements AutoCloseable {
    private static final String FLOOR = "first";
    private static final long LIMIT_SECONDS = 30;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final int partitions;
    private final ApplicationName application;
    private final RawApi watch;
    private final SynchronousQueue<String> seen = new SynchronousQueue<>();
    private final List<Double> samples = new ArrayList<>();
    private final List<Double> floors = new ArrayList<>();
    private volatile String expected = "";
    private int edition;

    /// @param address of the API under test
    DriftToWatch(ApiAddress address, String bootstrap, ApplicationName application) throws IOException {
        this.application = application;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new ByteArrayDeserializer());
        this.partitions = producer.partitionsFor("drift").size();
        producer.partitionsFor(FLOOR);
        TopicPartition floor = new TopicPartition(FLOOR, 0);
        consumer.assign(List.of(floor));
        consumer.seekToEnd(List.of(floor));
        consumer.position(floor);
        this.watch = new RawApi(address);
        watch.watch("/api/v1/stream/applications?name=" + application.name());
        Thread.ofPlatform().daemon().name("bench-watch").start(this::read);
        Thread.ofPlatform().daemon().name("bench-consumer").start(this::consume);
    }

    private void read() {
        try {
            while (true) {
                arrived(watch.lines());
            }
        } catch (IOException | InterruptedException ended) {
            // What does not come is missed by the sample that waits for it.
        }
    }

    private void consume() {
        try {
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(30))) {
                    arrived(new String(record.value(), java.nio.charset.StandardCharsets.UTF_8));
                }
            }
        } catch (RuntimeException | InterruptedException ended) {
            // As above.
        }
    }

    private void arrived(String text) throws InterruptedException {
        String wanted = expected;
        if (!wanted.isEmpty() && text.contains(wanted)) {
            expected = "";
            seen.put(wanted);
        }
    }

    void sample(boolean counted) throws IOException, InterruptedException {
        double floor = once(FLOOR, 0);
        double ours = once("drift", RecordKey.partition(application.toString(), partitions));
        if (counted) {
            floors.add(floor);
            samples.add(ours);
        }
    }

    private double once(String topic, int partition) throws IOException, InterruptedException {
        String revision = ApiFleet.revision(1_000_000 + edition);
        ApplicationCompared event = compared(revision, edition++ % 2 == 0);
        Envelope envelope = new Envelope(
                UUID.randomUUID().toString(),
                "/bench",
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                UUID.randomUUID().toString(),
                null,
                event);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, partition, application.toString(), EventCodec.data(event));
        EventCodec.headers(envelope).forEach((name, value) -> record.headers().add(name, value));
        expected = revision;
        long start = System.nanoTime();
        producer.send(record);
        if (seen.poll(LIMIT_SECONDS, TimeUnit.SECONDS) == null) {
            throw new IOException("an event of " + topic + " did not come within " + LIMIT_SECONDS + " s");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private ApplicationCompared compared(String revision, boolean synced) {
        SyncStatus status = synced ? SyncStatus.SYNCED : SyncStatus.OUT_OF_SYNC;
        List<ResourceVerdict> resources = new ArrayList<>();
        for (String kind : List.of("ConfigMap", "Deployment", "Service")) {
            resources.add(new ResourceVerdict(
                    new ResourceId("", kind, application.name(), "web"),
                    "v1",
                    status,
                    true,
                    true,
                    Health.of(HealthStatus.HEALTHY),
                    "uid",
                    "1",
                    "digest",
                    0,
                    List.of(),
                    false,
                    null));
        }
        return new ApplicationCompared(
                application,
                1,
                revision,
                "render",
                "https://kubernetes.default.svc",
                status,
                Health.of(HealthStatus.HEALTHY),
                resources,
                List.of());
    }

    List<Double> samples() {
        return samples;
    }

    List<Double> floors() {
        return floors;
    }

    @Override
    public void close() throws IOException {
        watch.close();
        producer.close();
        consumer.wakeup();
    }
}
