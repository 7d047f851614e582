package io.driftless.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nothing overtakes when the log beside stops to take records.
class OutletTest {
    private final Vertx vertx = Vertx.vertx();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final List<String> inLog = new CopyOnWriteArrayList<>();
    private final List<Callback> waiting = new CopyOnWriteArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private boolean open = true;
    private int made;

    private final Outlet outlet = new Outlet(this::make, (record, told) -> {
        if (!open) {
            throw new DisconnectException("closed");
        }
        inLog.add(record.key());
        waiting.add(told);
    });

    private KafkaProducer<String, byte[]> make() {
        made++;
        return KafkaProducer.create(vertx, producer);
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whatTheLogTakesNeedsNoConnection() {
        send("a");
        send("b");
        waiting.forEach(OutletTest::taken);

        assertThat(acknowledged).containsExactly("a", "b");
        assertThat(made).isZero();
        assertThat(outlet.connected()).isTrue();
    }

    @Test
    void whoIsInterruptedMayStillSayWhatFits() {
        Thread.currentThread().interrupt();
        send("a");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(inLog).containsExactly("a");
    }

    @Test
    void whoeverSaysMoreThanFitsWaitsUntilSomeOfItIsInTheLog() throws Exception {
        Thread speaker = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 40; i++) {
                outlet.send(
                        new ProducerRecord<>("live", 0, 1L, "large", new byte[1024 * 1024]), (where, failure) -> {});
            }
        });
        await().until(() -> waiting.size() >= 31 && speaker.getState() == Thread.State.WAITING);
        assertThat(waiting).hasSizeLessThan(40);

        await().until(() -> {
            while (!waiting.isEmpty()) {
                taken(waiting.removeFirst());
            }
            return inLog.size() == 40;
        });
        assertThat(speaker.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void whatTheLogRefusesGoesByTheProducerAndWhatFollowsBehindIt() {
        send("a");
        send("b");
        send("c");
        taken(waiting.get(0));
        refused(waiting.get(1));
        send("d");
        assertThat(sent()).containsExactly("b");
        refused(waiting.get(2));
        send("e");

        assertThat(inLog).containsExactly("a", "b", "c");
        assertThat(sent()).containsExactly("b", "c", "d", "e");
        assertThat(acknowledged).containsExactly("a", "b", "c", "d", "e");
        assertThat(made).isEqualTo(1);
    }

    @Test
    void aLogThatWasClosedLetsWhatItHasEndFirst() {
        send("a");
        open = false;
        send("b");
        assertThat(sent()).isEmpty();
        taken(waiting.getFirst());
        send("c");

        assertThat(sent()).containsExactly("b", "c");
        assertThat(acknowledged).containsExactly("a", "b", "c");
    }

    @Test
    void aBrokerElsewhereIsReachedByTheProducerAlone() {
        Outlet far = new Outlet(this::make, null);
        far.send(record("a"), (where, failure) -> acknowledged.add("a"));

        assertThat(sent()).containsExactly("a");
        assertThat(acknowledged).containsExactly("a");
    }

    @Test
    void nothingIsSentAfterTheEnd() {
        outlet.close(Duration.ZERO);

        assertThatThrownBy(() -> send("a")).isInstanceOf(IllegalStateException.class);
    }

    private void send(String key) {
        outlet.send(record(key), (where, failure) -> {
            assertThat(failure).isNull();
            acknowledged.add(key);
        });
    }

    private static ProducerRecord<String, byte[]> record(String key) {
        return new ProducerRecord<>("live", 0, 1L, key, new byte[] {1});
    }

    private List<String> sent() {
        return producer.history().stream().map(ProducerRecord::key).toList();
    }

    private static void taken(Callback told) {
        told.onCompletion(new RecordMetadata(new TopicPartition("live", 0), 1, 0, 1L, 1, 1), null);
    }

    private static void refused(Callback told) {
        told.onCompletion(null, new KafkaStorageException("the disk is full"));
    }
}
