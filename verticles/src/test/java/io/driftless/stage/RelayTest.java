package io.driftless.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final TopicPartition PARTITION = new TopicPartition("live", 0);
    private final Relay relay = new Relay();
    private final RelayedRecords relayed = new RelayedRecords();
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Long> taken = new ArrayList<>();

    @BeforeEach
    void readFromTheTenthRecordOn() {
        relay.subscribe(Set.of("live"), relayed::add);
        consumer.assign(List.of(PARTITION));
        consumer.seek(PARTITION, 10);
    }

    @Test
    void takesWhatComesNextAndGoesOnBehindIt() {
        acknowledged(10, 11);

        assertThat(drained()).containsExactly(10L, 11L);
        assertThat(consumer.position(PARTITION)).isEqualTo(12);
    }

    @Test
    void leavesARecordWhosePredecessorIsMissingUntilItIsRead() {
        acknowledged(11);
        assertThat(drained()).isEmpty();
        assertThat(consumer.position(PARTITION)).isEqualTo(10);

        acknowledged(10);
        assertThat(drained()).containsExactly(10L, 11L);
    }

    @Test
    void doesNotTakeTwiceWhatTheFetchHasBroughtAlready() {
        acknowledged(10, 11);
        consumer.seek(PARTITION, 12);

        assertThat(drained()).isEmpty();
        acknowledged(12);
        assertThat(drained()).containsExactly(12L);
    }

    @Test
    void takesNothingOfPartitionsThatArePausedOrNotAssigned() {
        consumer.pause(List.of(PARTITION));
        acknowledged(10);
        assertThat(drained()).isEmpty();
        consumer.resume(List.of(PARTITION));

        relay.acknowledged(
                new ProducerRecord<>("live", 7, "k", new byte[0]), metadata(new TopicPartition("live", 7), 0));
        relay.acknowledged(
                new ProducerRecord<>("drift", 0, "k", new byte[0]), metadata(new TopicPartition("drift", 0), 0));
        assertThat(drained()).isEmpty();
        assertThat(consumer.position(PARTITION)).isEqualTo(10);
    }

    private List<Long> drained() {
        taken.clear();
        int count = relayed.drain(
                consumer,
                partition -> consumer.assignment().contains(partition)
                        && !consumer.paused().contains(partition),
                (ConsumerRecord<String, byte[]> record) -> taken.add(record.offset()));
        assertThat(count).isEqualTo(taken.size());
        return taken;
    }

    private void acknowledged(long... offsets) {
        for (long offset : offsets) {
            relay.acknowledged(new ProducerRecord<>("live", 0, "k", new byte[0]), metadata(PARTITION, offset));
        }
    }

    private static RecordMetadata metadata(TopicPartition partition, long offset) {
        return new RecordMetadata(partition, offset, 0, 0, 1, 0);
    }
}
