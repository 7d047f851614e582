package io.driftless.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Events to and from CloudEvents 1.0 Kafka protocol binding, binary mode: attributes are headers
/// with the prefix `ce_`, the data is JSON. Optional fields that are absent are left out; unknown
/// fields of newer writers are ignored.
public final class EventCodec {
    private static final ObjectMapper MAPPER = mapper();

    private EventCodec() {}

    /// A mapper with the conventions of the contract: absent instead of null, RFC 3339 times, fields in declared order.
    public static ObjectMapper mapper() {
        SimpleModule times = new SimpleModule("times");
        times.addSerializer(Instant.class, new InstantWriter());
        times.addDeserializer(Instant.class, new InstantReader());
        return JsonMapper.builder()
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .addModule(times)
                .build();
    }

    /// The headers of a record; keys in the order a reader would like to see them.
    public static Map<String, byte[]> headers(Envelope envelope) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0".getBytes(UTF_8));
        headers.put("ce_id", envelope.id().getBytes(UTF_8));
        headers.put("ce_source", envelope.source().getBytes(UTF_8));
        headers.put("ce_type", envelope.type().getBytes(UTF_8));
        headers.put("ce_time", envelope.time().toString().getBytes(UTF_8));
        headers.put("ce_subject", envelope.event().key().getBytes(UTF_8));
        headers.put("ce_chain", envelope.chain().getBytes(UTF_8));
        if (envelope.traceparent() != null) {
            headers.put("ce_traceparent", envelope.traceparent().getBytes(UTF_8));
        }
        headers.put("content-type", "application/json".getBytes(UTF_8));
        return headers;
    }

    /// The data of a record.
    public static byte[] data(Event event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + event.getClass().getSimpleName() + " " + event.key(), e);
        }
    }

    /// Reads a record of `topic`. Fails with [UnreadableRecordException], which says what is wrong with it.
    public static Envelope read(Topic topic, Map<String, byte[]> headers, byte[] data) {
        Class<? extends Event> type = EventTypes.recordOf(header(headers, "ce_type"));
        if (!topic.events().isAssignableFrom(type)) {
            throw new UnreadableRecordException(type.getSimpleName() + " does not belong on " + topic.topicName());
        }
        try {
            Event event = MAPPER.readValue(data, type);
            if (event == null) {
                throw new UnreadableRecordException("the data of a " + type.getSimpleName() + " is null");
            }
            return new Envelope(
                    header(headers, "ce_id"),
                    header(headers, "ce_source"),
                    Instant.parse(header(headers, "ce_time")),
                    header(headers, "ce_chain"),
                    optional(headers, "ce_traceparent").orElse(null),
                    event);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new UnreadableRecordException("not a " + type.getSimpleName() + ": " + firstLine(e.getMessage()), e);
        }
    }

    private static String header(Map<String, byte[]> headers, String name) {
        return optional(headers, name)
                .orElseThrow(() -> new UnreadableRecordException("header " + name + " is missing"));
    }

    private static Optional<String> optional(Map<String, byte[]> headers, String name) {
        byte[] value = headers.get(name);
        return value == null ? Optional.empty() : Optional.of(new String(value, UTF_8));
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }

    private static final class InstantWriter extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Instant.parse(parser.getText());
        }
    }
}
