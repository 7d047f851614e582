package io.driftless.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Records for the dead-letter topics: what could not be read or handled, and why, in headers `dead_*`.
final class DeadLetters {
    private static final int LONGEST_REASON = 1000;

    private DeadLetters() {}

    /// A record as it was, bytes and headers.
    static ProducerRecord<String, byte[]> of(
            String stage, Topic topic, ConsumerRecord<String, byte[]> record, Throwable reason) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        explain(headers, stage, reason);
        headers.add("dead_partition", bytes(String.valueOf(record.partition())));
        headers.add("dead_offset", bytes(String.valueOf(record.offset())));
        return new ProducerRecord<>(topic.deadLetterTopic(), 0, record.key(), record.value(), headers);
    }

    /// Something the stage could not do or say about a subject. Names the work by its type alone, for its content may
    /// be secret.
    static ProducerRecord<String, byte[]> of(String stage, Topic topic, String subject, String work, Throwable reason) {
        RecordHeaders headers = new RecordHeaders();
        explain(headers, stage, reason);
        headers.add("content-type", bytes("application/json"));
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("stage", stage).put("subject", subject).put("work", work).put("reason", text(reason));
        return new ProducerRecord<>(topic.deadLetterTopic(), 0, subject, bytes(data.toString()), headers);
    }

    private static void explain(Headers headers, String stage, Throwable reason) {
        headers.add("dead_reason", bytes(text(reason)));
        headers.add("dead_stage", bytes(stage));
    }

    static String text(Throwable reason) {
        String text = reason.getClass().getSimpleName() + ": " + reason.getMessage();
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
