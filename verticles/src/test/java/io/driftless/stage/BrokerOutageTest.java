package io.driftless.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.broker.EmbeddedBroker;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.Topic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Waits for most of its time, so others run meanwhile.
@Execution(ExecutionMode.CONCURRENT)
class BrokerOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path data;

    @Test
    void losesNothingWhileTheBrokerIsAwayAndTellsTheEdgeSoon() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(data, EmbeddedBroker.Options.loopback());
        Vertx vertx = Vertx.vertx();
        KafkaConnection kafka = KafkaConnection.of(broker.bootstrap());
        int partitions = Topics.ensure(kafka, new TopicSettings(2, Duration.ofDays(1)));
        Map<String, List<String>> table = new ConcurrentHashMap<>();
        CountDownLatch brokerIsGone = new CountDownLatch(1);
        try (StageRuntime runtime = new StageRuntime(vertx, kafka, InstantSource.system(), "a", partitions);
                EventWriter writer = runtime.writer("edge");
                EventReader reader = runtime.reader("table", tableInto(table))) {
            StageHandle<String> stage = runtime.start(SeenLogic.definition("outage"), (subject, task) -> {
                brokerIsGone.await();
                return "done " + task;
            });
            stage.awaitReady(LIMIT);
            writer.publish(SeenLogic.push("outage/one", "task a")).await(20, TimeUnit.SECONDS);
            await().atMost(LIMIT).until(() -> stage.metrics().gauges().getOrDefault("running_tasks", 0L) == 1);

            broker.close();
            Future<RecordMetadata> refused = writer.publish(SeenLogic.push("outage/one", "lost"));
            await().atMost(LIMIT).until(refused::isComplete);
            assertThat(refused.cause()).isInstanceOf(KafkaFailure.class);
            brokerIsGone.countDown();
            await().atMost(LIMIT).until(() -> !stage.health().brokerReachable());

            try (EmbeddedBroker again = EmbeddedBroker.start(data, EmbeddedBroker.Options.loopback())) {
                assertThat(again.bootstrap()).isEqualTo(kafka.bootstrap());
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(table.get("outage/one")).contains("task a", "done task a"));
                await().atMost(LIMIT).until(() -> stage.health().brokerReachable());
                assertThat(reader.unreadable()).isZero();
                runtime.close();
            }
        }
        vertx.close().await();
    }

    private static EventReader.Request tableInto(Map<String, List<String>> table) {
        return new EventReader.Request(Set.of(Topic.CLUSTERS), new EventReader.From.Beginning(), record -> {
            if (record.envelope() != null && record.envelope().event() instanceof ClusterDeclared cluster) {
                table.put(cluster.server(), cluster.namespaces());
            }
        });
    }
}
