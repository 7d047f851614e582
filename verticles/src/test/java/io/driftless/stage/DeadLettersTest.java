package io.driftless.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftless.events.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// What a stage cannot read, do or say is parked with the reason, and the stage goes on.
class DeadLettersTest extends RunningRuntime {
    @Test
    void putsWhatItCannotReadOrFoldOnTheDeadLetterTopicAndGoesOn() throws Exception {
        String subject = "dead/one";
        try (StageHandle<String> stage = start("dead", "a", RunningRuntime::echo)) {
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
        try (StageHandle<String> stage = start("large", "a", RunningRuntime::echo)) {
            say(SeenLogic.push("large/one", "huge"));
            say(SeenLogic.push("large/two", "small"));
            awaitSeen("large/two", "small");
        }
        assertThat(seen("large/one")).isEmpty();
        List<ConsumerRecord<String, byte[]>> dead = deadLetters("clusters.dead", "large");
        assertThat(dead).hasSize(1);
        assertThat(header(dead.get(0), "dead_reason")).contains("large/one is too large for clusters", "8388608");
    }
}
