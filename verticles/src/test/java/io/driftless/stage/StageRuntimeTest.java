package io.driftless.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.broker.EmbeddedBroker;
import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRuntimeTest {
    private static final int PARTITIONS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(20));

    @TempDir
    static Path data;

    static EmbeddedBroker broker;
    static Vertx vertx;
    static KafkaConnection kafka;
    static EventWriter writer;
    static EventReader reader;
    /// The latest record of each cluster, as any consumer outside would see it.
    static final Map<String, ClusterDeclared> TABLE = new ConcurrentHashMap<>();

    @BeforeAll
    static void startBroker() throws Exception {
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

    @AfterAll
    static void stopBroker() {
        reader.close();
        writer.close();
        vertx.close().await();
        broker.close();
    }

    static StageRuntime runtime(String instance) {
        return new StageRuntime(vertx, kafka, InstantSource.system(), instance, PARTITIONS, QUICK);
    }

    private static StageHandle<String> start(String stage, String instance, Performer<String, String> performer)
            throws InterruptedException {
        StageHandle<String> handle = runtime(instance).start(SeenLogic.definition(stage), performer);
        handle.awaitReady(LIMIT);
        return handle;
    }

    private static String echo(String subject, String task) {
        return "done " + task;
    }

    private static void say(Publication publication) throws Exception {
        writer.publish(publication).await(10, TimeUnit.SECONDS);
    }

    private static List<String> seen(String subject) {
        ClusterDeclared known = TABLE.get(subject);
        return known == null ? List.of() : known.namespaces();
    }

    private static void awaitSeen(String subject, String... refs) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(seen(subject)).contains(refs));
    }

    @Test
    void decidesOnEachEventAndPerformsTasksOnceTheirIntentIsRecorded() throws Exception {
        List<List<String>> recorded = new ArrayList<>();
        try (StageHandle<String> stage = start("decides", "a", (subject, task) -> {
            await().until(() -> !seen(subject).isEmpty());
            recorded.add(seen(subject));
            return "done " + task;
        })) {
            say(SeenLogic.push("decides/one", "task 1"));
            awaitSeen("decides/one", "task 1", "done task 1");
            assertThat(recorded).containsExactly(List.of("task 1"));
            assertThat(stage.owns("decides/one")).isTrue();
            assertThat(stage.subjects()).contains("decides/one");
            assertThat(stage.health()).isEqualTo(new StageHealth(true, true, "running"));
        }
    }

    @Test
    void aStageThatARelayFeedsHearsWhatOthersWriteToo() throws Exception {
        StageRuntime alone = new StageRuntime(
                vertx, kafka, InstantSource.system(), "fed", PARTITIONS, QUICK, StageRuntime.Writers.THIS_PROCESS);
        try (StageHandle<String> stage = alone.start(SeenLogic.definition("fed"), StageRuntimeTest::echo)) {
            stage.awaitReady(LIMIT);
            say(SeenLogic.push("fed/one", "task of another"));
            awaitSeen("fed/one", "task of another", "done task of another");
        }
    }

    @Test
    void aRelayKeepsTheOrderOfTheTopicThoughOthersWriteToItToo() throws Exception {
        StageRuntime alone = new StageRuntime(
                vertx, kafka, InstantSource.system(), "alone", PARTITIONS, QUICK, StageRuntime.Writers.THIS_PROCESS);
        List<String> relayed = new CopyOnWriteArrayList<>();
        List<String> fetched = new CopyOnWriteArrayList<>();
        try (EventWriter own = alone.writer("own");
                EventReader fast = alone.reader("relayed", pushesTo("relay/one", relayed));
                EventReader plain = runtime("plain").reader("fetched", pushesTo("relay/one", fetched))) {
            fast.caughtUp().get(20, TimeUnit.SECONDS);
            plain.caughtUp().get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 300; i++) {
                (i % 3 == 0 ? writer : own).publish(SeenLogic.push("relay/one", "r" + i));
            }
            await().atMost(LIMIT).until(() -> fetched.size() == 300 && relayed.size() == 300);
        }
        assertThat(relayed).isEqualTo(fetched).doesNotHaveDuplicates();
    }

    private static EventReader.Request pushesTo(String repository, List<String> refs) {
        return new EventReader.Request(Set.of(Topic.PUSHES), new EventReader.From.Now(), record -> {
            if (record.envelope() != null
                    && record.envelope().event() instanceof RepositoryPushed push
                    && push.repository().equals(repository)) {
                refs.add(push.ref());
            }
        });
    }

    /// Prints what a hop costs here; asserts only that each push came through.
    @Test
    void carriesEachPushThroughTheStage() throws Exception {
        try (StageHandle<String> stage = start("speed", "a", StageRuntimeTest::echo);
                EventReader hops = runtime("edge").reader("hops", hops())) {
            hops.caughtUp().get(20, TimeUnit.SECONDS);
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String subject = "speed/" + i;
                long said = System.nanoTime();
                writer.publish(SeenLogic.push(subject, "x"));
                assertThat(HOPS.poll(20, TimeUnit.SECONDS)).isEqualTo(subject);
                micros.add((System.nanoTime() - said) / 1000);
            }
            micros.sort(null);
            System.out.println("edge to stage to reader, microseconds: p50 " + micros.get(100) + ", p90 "
                    + micros.get(180) + ", p99 " + micros.get(198));
            assertThat(stage.metrics().counters().get("publications_total")).isEqualTo(200L);
        }
    }

    private static final BlockingQueue<String> HOPS = new LinkedBlockingQueue<>();

    private static EventReader.Request hops() {
        return new EventReader.Request(Set.of(Topic.CLUSTERS), new EventReader.From.Now(), record -> {
            if (record.key().startsWith("speed/")) {
                HOPS.add(record.key());
            }
        });
    }

    @Test
    void rebuildsFromTablesAfterARestartAndTakesEachEventOnce() throws Exception {
        try (StageHandle<String> stage = start("rebuilds", "a", StageRuntimeTest::echo)) {
            say(SeenLogic.push("rebuilds/one", "a"));
            awaitSeen("rebuilds/one", "a");
        }
        say(SeenLogic.push("rebuilds/one", "b"));
        Set<String> rebuilt = ConcurrentHashMap.newKeySet();
        try (StageHandle<String> stage = start("rebuilds", "b", StageRuntimeTest::echo)) {
            stage.onRebuilt(rebuilt::addAll);
            awaitSeen("rebuilds/one", "a", "b");
            await().until(() -> rebuilt.contains("rebuilds/one"));
            stage.deliver("rebuilds/one", "news");
            awaitSeen("rebuilds/one", "a", "b", "news");
        }
        assertThat(committed("rebuilds", "rebuilds/one")).isEqualTo(end("rebuilds/one"));
    }

    @Test
    void takesEventsAgainThatWereNotCommittedWhenAnInstanceDied() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        StageHandle<String> first = start("dies", "a", (subject, task) -> {
            started.countDown();
            new CountDownLatch(1).await();
            return "never";
        });
        say(SeenLogic.push("dies/one", "task x"));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        ((StageRunner<?, ?>) first).crash();
        say(SeenLogic.push("dies/one", "later"));
        try (StageHandle<String> second = start("dies", "b", StageRuntimeTest::echo)) {
            awaitSeen("dies/one", "task x", "done task x", "later");
        }
    }

    @Test
    void sharesPartitionsAndTakesOverFromAnInstanceThatIsKilled() throws Exception {
        StageHandle<String> first = start("shares", "a", StageRuntimeTest::echo);
        try (StageHandle<String> second = start("shares", "b", StageRuntimeTest::echo)) {
            int subjects = 12;
            await().atMost(LIMIT).until(() -> owned(first, subjects) > 0 && owned(second, subjects) > 0);
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < subjects; i++) {
                    writer.publish(SeenLogic.push("shares/" + i, "ref " + round));
                }
                if (round == 10) {
                    ((StageRunner<?, ?>) first).crash();
                }
            }
            for (int i = 0; i < subjects; i++) {
                int subject = i;
                await().atMost(LIMIT)
                        .untilAsserted(
                                () -> assertThat(seen("shares/" + subject)).hasSize(20));
            }
            assertThat(owned(second, subjects)).isEqualTo(subjects);
        }
    }

    private static long owned(StageHandle<String> stage, int subjects) {
        long count = 0;
        for (int i = 0; i < subjects; i++) {
            count += stage.owns("shares/" + i) ? 1 : 0;
        }
        return count;
    }

    @Test
    void putsWhatItCannotReadOrFoldOnTheDeadLetterTopicAndGoesOn() throws Exception {
        String subject = "dead/one";
        try (StageHandle<String> stage = start("dead", "a", StageRuntimeTest::echo)) {
            try (Producer<String, byte[]> raw = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrap()),
                    new StringSerializer(),
                    new ByteArraySerializer())) {
                int partition = RecordKey.partition(subject, PARTITIONS);
                raw.send(new ProducerRecord<>("pushes", partition, subject, "not an event".getBytes(UTF_8)))
                        .get();
            }
            say(SeenLogic.push(subject, "poison"));
            say(SeenLogic.push(subject, "good"));
            awaitSeen(subject, "good");
        }
        List<ConsumerRecord<String, byte[]>> dead = deadLetters("pushes.dead", "dead");
        assertThat(dead).hasSize(2);
        assertThat(new String(dead.get(0).value(), UTF_8)).isEqualTo("not an event");
        assertThat(header(dead.get(0), "dead_reason")).contains("ce_type is missing");
        assertThat(header(dead.get(1), "dead_reason")).contains("cannot stand this");
        assertThat(header(dead.get(1), "ce_type")).endsWith("repository-pushed.v1");
        assertThat(header(dead.get(1), "dead_offset")).isNotEmpty();
    }

    @Test
    void triesATaskAgainAndParksItWhenItFailsForGood() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (StageHandle<String> stage = start("parks", "a", (subject, task) -> {
            if (task.equals("task bad") || attempts.incrementAndGet() < 2) {
                throw new IllegalStateException("the network is down");
            }
            return "done " + task;
        })) {
            say(SeenLogic.push("parks/one", "task flaky"));
            awaitSeen("parks/one", "done task flaky");
            say(SeenLogic.push("parks/one", "task bad"));
            await().atMost(LIMIT).until(() -> stage.metrics().counters().getOrDefault("failures_total", 0L) == 1);
            say(SeenLogic.push("parks/one", "after"));
            awaitSeen("parks/one", "after");
        }
        List<ConsumerRecord<String, byte[]>> dead = deadLetters("pushes.dead", "parks");
        assertThat(dead).hasSize(1);
        assertThat(header(dead.get(0), "dead_reason")).contains("the network is down");
    }

    @Test
    void namesTheObjectThatIsTooLargeToPublishAndGoesOnWithOthers() throws Exception {
        try (StageHandle<String> stage = start("large", "a", StageRuntimeTest::echo)) {
            say(SeenLogic.push("large/one", "huge"));
            say(SeenLogic.push("large/two", "small"));
            awaitSeen("large/two", "small");
        }
        assertThat(seen("large/one")).isEmpty();
        List<ConsumerRecord<String, byte[]>> dead = deadLetters("clusters.dead", "large");
        assertThat(dead).hasSize(1);
        assertThat(header(dead.get(0), "dead_reason")).contains("large/one is too large for clusters", "8388608");
    }

    @Test
    void tellsEverySubjectOfEveryPartitionWhatConcernsAllEvenThoseThatComeLater() throws Exception {
        StageDefinition<String, String> herald =
                new StageDefinition<>("herald", Set.of(), Set.of(Topic.PUSHES), subject -> new HeraldLogic(subject), 1);
        try (StageHandle<String> speaking = runtime("h").start(herald, StageRuntimeTest::echo);
                StageHandle<String> stage = start("all", "a", StageRuntimeTest::echo)) {
            speaking.awaitReady(LIMIT);
            say(SeenLogic.push("all/early", "x"));
            awaitSeen("all/early", "x");
            say(SeenLogic.push("herald", "x"));
            await().atMost(LIMIT).until(() -> secret("all/early").equals("broken-cluster"));
            for (String late : List.of("all/a", "all/b", "all/c", "all/d", "all/e")) {
                say(SeenLogic.push(late, "x"));
                awaitSeen(late, "x");
                assertThat(secret(late)).isEqualTo("broken-cluster");
            }
        }
    }

    private static String secret(String subject) {
        ClusterDeclared known = TABLE.get(subject);
        return known == null ? "" : known.secret();
    }

    /// Says once to everybody that a cluster is unreachable, when its own subject is pushed.
    private static final class HeraldLogic implements Logic<String, String> {
        private final boolean speaks;
        private boolean said;

        HeraldLogic(String subject) {
            speaks = subject.equals("herald");
        }

        @Override
        public void fold(Fact fact) {}

        @Override
        public void finished(String outcome) {}

        @Override
        public Decision<String> decide(Instant now) {
            if (!speaks || said) {
                return Decision.nothing();
            }
            said = true;
            return Decision.publish(List.of(Publication.of(new ClusterUnreachable("broken-cluster", "down"), "")));
        }

        @Override
        public boolean forgettable() {
            return !speaks;
        }
    }

    private static long committed(String stage, String subject) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrap()))) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets("driftless-" + stage)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partitionOf(subject));
            return offset == null ? 0 : offset.offset();
        }
    }

    private static TopicPartition partitionOf(String subject) {
        return new TopicPartition("pushes", RecordKey.partition(subject, PARTITIONS));
    }

    private static long end(String subject) {
        try (var consumer = outside()) {
            return consumer.endOffsets(List.of(partitionOf(subject))).get(partitionOf(subject));
        }
    }

    private static List<ConsumerRecord<String, byte[]>> deadLetters(String topic, String stage) {
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

    private static KafkaConsumer<String, byte[]> outside() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
