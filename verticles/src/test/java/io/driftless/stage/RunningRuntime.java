package io.driftless.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.broker.EmbeddedBroker;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.extension.ExtendWith;

/// A broker and the runtime of stages on it, the same for all classes of tests that extend this; ended after the last.
@ExtendWith(RunningRuntime.Once.class)
abstract class RunningRuntime {
    static final int PARTITIONS = 4;
    static final Duration LIMIT = Duration.ofSeconds(20);
    static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(20));

    static EmbeddedBroker broker;
    static Vertx vertx;
    static KafkaConnection kafka;
    static EventWriter writer;
    static EventReader reader;

    /// The latest record of each cluster, as any consumer outside would see it.
    static final Map<String, ClusterDeclared> TABLE = new ConcurrentHashMap<>();

    static final class Once extends SharedStart {
        @Override
        protected AutoCloseable start(Path data) throws Exception {
            startOn(data);
            return RunningRuntime::stop;
        }
    }

    private static void startOn(Path data) throws Exception {
        broker = EmbeddedBroker.start(data, EmbeddedBroker.Options.loopback());
        vertx = Vertx.vertx();
        // A killed member is missed soon.
        kafka = new KafkaConnection(
                broker.bootstrap(), Map.of("session.timeout.ms", "2000", "heartbeat.interval.ms", "300"));
        Topics.ensure(kafka, new TopicSettings(PARTITIONS, Duration.ofDays(1)));
        StageRuntime edge = runtime("edge");
        writer = edge.writer("test");
        reader = edge.reader(
                "test", new EventReader.Request(Set.of(Topic.CLUSTERS), new EventReader.From.Beginning(), record -> {
                    if (record.envelope() != null && record.envelope().event() instanceof ClusterDeclared cluster) {
                        TABLE.put(cluster.server(), cluster);
                    }
                }));
        reader.caughtUp().get(30, TimeUnit.SECONDS);
    }

    private static void stop() {
        reader.close();
        writer.close();
        vertx.close().await();
        broker.close();
    }

    static StageRuntime runtime(String instance) {
        return new StageRuntime(vertx, kafka, InstantSource.system(), instance, PARTITIONS, QUICK);
    }

    static StageHandle<String> start(String stage, String instance, Performer<String, String> performer)
            throws InterruptedException {
        StageHandle<String> handle = runtime(instance).start(SeenLogic.definition(stage), performer);
        handle.awaitReady(LIMIT);
        return handle;
    }

    static String echo(String subject, String task) {
        return "done " + task;
    }

    static void say(Publication publication) throws Exception {
        writer.publish(publication).await(10, TimeUnit.SECONDS);
    }

    static List<String> seen(String subject) {
        ClusterDeclared known = TABLE.get(subject);
        return known == null ? List.of() : known.namespaces();
    }

    static void awaitSeen(String subject, String... refs) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(seen(subject)).contains(refs));
    }

    static TopicPartition partitionOf(String subject) {
        return new TopicPartition("pushes", RecordKey.partition(subject, PARTITIONS));
    }

    static long end(String subject) {
        try (var consumer = outside()) {
            return consumer.endOffsets(List.of(partitionOf(subject))).get(partitionOf(subject));
        }
    }

    static List<ConsumerRecord<String, byte[]>> deadLetters(String topic, String stage) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = outside()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
            }
        }
        found.removeIf(record -> !header(record, "dead_stage").equals(stage)
                || !String.valueOf(record.key()).startsWith(stage + "/"));
        return found;
    }

    static KafkaConsumer<String, byte[]> outside() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringDeserializer(), new ByteArrayDeserializer());
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
