package io.driftless.stage;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The logs of a broker in this process, written to without a connection.
@FunctionalInterface
public interface NearLog {
    /// Appends a record that names its partition and its time, in the order of the calls; never
    /// blocks. `told` is called once, on another thread: when consumers can read the record, or
    /// with what Kafka has against it. Throws where it takes nothing any more.
    void append(ProducerRecord<String, byte[]> record, Callback told);
}
