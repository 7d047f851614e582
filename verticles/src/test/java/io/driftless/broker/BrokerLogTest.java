package io.driftless.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written past the network is to every consumer as if it had come through it.
class BrokerLogTest {
    @TempDir
    private static Path data;

    private static EmbeddedBroker broker;
    private static BrokerLog log;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(data, EmbeddedBroker.Options.loopback());
        log = broker.log().orElseThrow();
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(broker.clientProperties()))) {
            admin.createTopics(List.of("plain", "bare", "mixed", "large", "interrupted").stream()
                            .map(name -> new NewTopic(name, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws Exception {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", "x".getBytes(UTF_8));
        RecordMetadata where = written(
                new ProducerRecord<>("plain", 1, 1_700_000_000_000L, "argocd/ä", "value".getBytes(UTF_8), headers));
        RecordMetadata tombstone =
                written(new ProducerRecord<String, byte[]>("plain", 1, 1_700_000_000_001L, "argocd/ä", null));

        List<ConsumerRecord<String, byte[]>> read = read("plain", 1, 2);

        assertThat(where.offset()).isZero();
        assertThat(tombstone.offset()).isEqualTo(1);
        assertThat(read.getFirst().key()).isEqualTo("argocd/ä");
        assertThat(read.getFirst().value()).isEqualTo("value".getBytes(UTF_8));
        assertThat(read.getFirst().timestamp()).isEqualTo(1_700_000_000_000L);
        assertThat(read.getFirst().headers().lastHeader("ce_id").value()).isEqualTo("x".getBytes(UTF_8));
        assertThat(read.get(1).value()).isNull();
    }

    @Test
    void aRecordMayHaveNeitherTimeNorKey() throws Exception {
        long before = System.currentTimeMillis();
        written(new ProducerRecord<String, byte[]>("bare", 0, null, "value".getBytes(UTF_8)));

        ConsumerRecord<String, byte[]> read = read("bare", 0, 1).getFirst();
        assertThat(read.key()).isNull();
        assertThat(text(read)).isEqualTo("value");
        assertThat(read.timestamp()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void aRecordWithoutAPartitionIsTheCallersMistakeAndStopsNobodyElse() throws Exception {
        assertThatThrownBy(() -> write(new ProducerRecord<>("bare", "key", new byte[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bare");
        written(record("bare", 1, "goes on"));
    }

    @Test
    void aCallerThatFailsOnHearingOfItStopsNobodyElse() throws Exception {
        log.append(record("bare", 1, "one"), (where, failure) -> {
            throw new IllegalStateException("on purpose");
        });
        written(record("bare", 1, "goes on"));
    }

    @Test
    void offsetsAreThoseOfTheTopicWhoeverElseWritesToIt() throws Exception {
        List<CompletableFuture<RecordMetadata>> ours = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.copyOf(broker.clientProperties()), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 200; i++) {
                ours.add(write(record("mixed", 0, "ours " + i)));
                ours.add(write(record("mixed", 1, "elsewhere " + i)));
                producer.send(record("mixed", 0, "theirs " + i));
            }
        }
        List<ConsumerRecord<String, byte[]>> read = read("mixed", 0, 400);

        for (int i = 0; i < 200; i++) {
            RecordMetadata where = ours.get(2 * i).get(10, TimeUnit.SECONDS);
            assertThat(text(read.get((int) where.offset()))).isEqualTo("ours " + i);
        }
        assertThat(read.stream().map(BrokerLogTest::text).filter(text -> text.startsWith("ours")))
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "ours " + i).toList());
        assertThat(read("mixed", 1, 200).stream().map(BrokerLogTest::text))
                .isEqualTo(
                        IntStream.range(0, 200).mapToObj(i -> "elsewhere " + i).toList());
    }

    @Test
    void manyLargeRecordsAreNotOneBatch() throws Exception {
        List<CompletableFuture<RecordMetadata>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(write(new ProducerRecord<>("large", 0, 1L, "k", new byte[700_000])));
        }
        for (CompletableFuture<RecordMetadata> one : all) {
            one.get(30, TimeUnit.SECONDS);
        }
        assertThat(read("large", 0, 40)).hasSize(40);
    }

    @Test
    void aCallerThatIsInterruptedHarmsNothing() throws Exception {
        Thread.currentThread().interrupt();
        CompletableFuture<RecordMetadata> first = write(record("interrupted", 0, "one"));
        assertThat(Thread.interrupted()).isTrue();

        first.get(10, TimeUnit.SECONDS);
        written(record("interrupted", 0, "two"));
        assertThat(read("interrupted", 0, 2).stream().map(BrokerLogTest::text)).containsExactly("one", "two");
    }

    @Test
    void aTopicThatIsNotThereIsRefused() {
        assertThat(write(record("nowhere", 0, "lost")))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void aBrokerThatWasClosedTakesNothingMore(@TempDir Path other) {
        BrokerLog closed;
        try (EmbeddedBroker brief = EmbeddedBroker.start(other, EmbeddedBroker.Options.loopback())) {
            closed = brief.log().orElseThrow();
        }
        assertThatThrownBy(() -> closed.append(record("plain", 0, "late"), (where, failure) -> {}))
                .isInstanceOf(DisconnectException.class);
    }

    private static ProducerRecord<String, byte[]> record(String topic, int partition, String value) {
        return new ProducerRecord<>(topic, partition, 1L, "key", value.getBytes(UTF_8));
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    private static RecordMetadata written(ProducerRecord<String, byte[]> record) throws Exception {
        return write(record).get(10, TimeUnit.SECONDS);
    }

    private static CompletableFuture<RecordMetadata> write(ProducerRecord<String, byte[]> record) {
        CompletableFuture<RecordMetadata> told = new CompletableFuture<>();
        log.append(record, (where, failure) -> {
            if (failure == null) {
                told.complete(where);
            } else {
                told.completeExceptionally(failure);
            }
        });
        return told;
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic, int partition, int count) {
        List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.copyOf(broker.clientProperties()), new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition from = new TopicPartition(topic, partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (read.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
            }
        }
        assertThat(read).hasSize(count);
        return read;
    }
}
