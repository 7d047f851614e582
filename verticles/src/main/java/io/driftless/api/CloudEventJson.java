package io.driftless.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.Envelope;
import io.driftless.events.EventCodec;
import io.driftless.http.Answers;

/// An event as a CloudEvent in structured JSON mode, with its place on Kafka as extensions. What is sealed for
/// the sync stage stays out.
final class CloudEventJson {
    private static final ObjectMapper MAPPER = EventCodec.mapper();

    private CloudEventJson() {}

    static String of(StoredEvent stored, Envelope envelope) {
        ObjectNode data = MAPPER.valueToTree(envelope.event());
        data.remove("sealed");
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", envelope.id())
                .put("source", envelope.source())
                .put("type", envelope.type())
                .put("time", envelope.time().toString())
                .put("subject", envelope.event().key())
                .put("chain", envelope.chain());
        if (envelope.traceparent() != null) {
            event.put("traceparent", envelope.traceparent());
        }
        event.put("topic", stored.topic().topicName())
                .put("partition", stored.partition())
                .put("offset", Long.toString(stored.offset()))
                .put("datacontenttype", "application/json")
                .set("data", data);
        return Answers.text(event);
    }
}
