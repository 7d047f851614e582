package io.driftless.stage;

import io.driftless.events.EventCodec;
import io.driftless.events.Topic;
import io.driftless.events.UnreadableRecordException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// Kafka records to facts.
final class RecordReader {
    private RecordReader() {}

    /// Fails with [UnreadableRecordException] where the record is not what its topic promises.
    static Fact read(Topic topic, ConsumerRecord<String, byte[]> record) {
        return record instanceof Relay.RelayedRecord relayed
                ? relayed.decoded(() -> decode(topic, record))
                : decode(topic, record);
    }

    private static Fact decode(Topic topic, ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        if (key == null || key.isEmpty()) {
            throw new UnreadableRecordException("the record has no key");
        }
        byte[] data = record.value();
        if (data == null) {
            return new Fact(topic, key, null);
        }
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        return new Fact(topic, key, EventCodec.read(topic, headers, data));
    }
}
