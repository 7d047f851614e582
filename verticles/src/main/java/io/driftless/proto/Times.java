package io.driftless.proto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Times: seconds and nanoseconds on the wire, text in JSON.
final class Times {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Times() {}

    /// Null for the zero time.
    static @Nullable TextNode text(ObjectNode parts, boolean micros) throws WireException {
        long seconds = parts.path("seconds").asLong();
        if (seconds == 0 && parts.path("nanos").asInt() == 0) {
            return null;
        }
        try {
            Instant instant = Instant.ofEpochSecond(seconds, parts.path("nanos").asInt());
            if (instant.isAfter(LATEST)) {
                throw new WireException("a time is beyond the year 9999");
            }
            return TextNode.valueOf(
                    micros
                            ? MICROS.format(instant)
                            : instant.truncatedTo(ChronoUnit.SECONDS).toString());
        } catch (DateTimeException e) {
            throw new WireException("a time is out of range");
        }
    }

    static ObjectNode parts(JsonNode text) {
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        try {
            Instant instant = Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text.asText()));
            parts.put("seconds", instant.getEpochSecond());
            if (instant.getNano() != 0) {
                parts.put("nanos", instant.getNano());
            }
        } catch (DateTimeParseException notATime) {
            // What a cluster holds as a time and is none cannot be told to a client that wants one.
        }
        return parts;
    }
}
