package io.driftless.stage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// Hands what the broker has acknowledged to the readers of the same process, with the offset it got there.
///
/// A reader takes such a record if it is the very next of its partition, and goes on behind it; anything else it leaves
/// to the fetch. So the topics stay the only truth and the only order, while a hop costs one round trip to the broker
/// instead of two, and the broker is spared most of the reading.
final class Relay {
    private final List<Reader> readers = new CopyOnWriteArrayList<>();

    private record Reader(Set<String> topics, Consumer<ConsumerRecord<String, byte[]>> taker) {}

    /// A record as the fetch would bring it, decoded once for all who read it here.
    static final class RelayedRecord extends ConsumerRecord<String, byte[]> {
        private @Nullable Fact fact;

        private RelayedRecord(ProducerRecord<String, byte[]> record, RecordMetadata where) {
            super(
                    where.topic(),
                    where.partition(),
                    where.offset(),
                    where.timestamp(),
                    TimestampType.CREATE_TIME,
                    where.serializedKeySize(),
                    where.serializedValueSize(),
                    record.key(),
                    record.value(),
                    record.headers(),
                    Optional.empty());
        }

        synchronized Fact decoded(Supplier<Fact> decoder) {
            Fact known = fact;
            if (known == null) {
                known = decoder.get();
                fact = known;
            }
            return known;
        }
    }

    /// Calls `taker` with each record of these topics, on the thread of whoever wrote it; it must not block.
    ///
    /// @return ends it
    Runnable subscribe(Set<String> topics, Consumer<ConsumerRecord<String, byte[]>> taker) {
        Reader reader = new Reader(Set.copyOf(topics), taker);
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    /// To be called in the order in which the broker acknowledged the records of a producer.
    void acknowledged(ProducerRecord<String, byte[]> record, RecordMetadata where) {
        if (!where.hasOffset() || readers.isEmpty()) {
            return;
        }
        ConsumerRecord<String, byte[]> read = null;
        for (Reader reader : readers) {
            if (reader.topics.contains(record.topic())) {
                read = read == null ? asRead(record, where) : read;
                reader.taker.accept(read);
            }
        }
    }

    private static RelayedRecord asRead(ProducerRecord<String, byte[]> record, RecordMetadata where) {
        return new RelayedRecord(record, where);
    }
}
