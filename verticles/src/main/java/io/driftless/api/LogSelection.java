package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.HttpFailure;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which lines of a log a request is about: by what they say, and by when they were written.
///
/// @param until what was written later is not wanted; null for no limit
record LogSelection(
        Predicate<String> text,
        @Nullable Instant since,
        @Nullable Instant until) {
    /// Fails with [HttpFailure] 400 when a time cannot be read.
    static LogSelection of(ObjectNode request) {
        return new LogSelection(filter(request), time(request, "sinceTime"), time(request, "untilTime"));
    }

    /// Whether a line of this time, and all that follow it, come too late.
    boolean over(String time) {
        return until != null && read(time).filter(until::isBefore).isPresent();
    }

    /// Whether a line can still be written that is wanted.
    boolean open(Instant now) {
        return until == null || until.isAfter(now);
    }

    boolean wants(String time, String content) {
        return text.test(content)
                && (since == null || read(time).filter(since::isAfter).isEmpty());
    }

    private static Predicate<String> filter(ObjectNode request) {
        String text = request.path("filter").asText("");
        if (text.isEmpty()) {
            return line -> true;
        }
        boolean without = text.startsWith("!");
        String needle = without ? text.substring(1) : text;
        boolean matchCase = request.path("matchCase").asBoolean();
        String lower = needle.toLowerCase(Locale.ROOT);
        return line -> without
                != (matchCase
                        ? line.contains(needle)
                        : line.toLowerCase(Locale.ROOT).contains(lower));
    }

    private static @Nullable Instant time(ObjectNode request, String field) {
        JsonNode given = request.path(field);
        if (given.asText("").isEmpty()) {
            return null;
        }
        return read(given.asText())
                .orElseThrow(() -> HttpFailure.invalid(
                        "field " + field + " must be a time such as 2026-01-31T12:00:00Z, not " + given));
    }

    private static Optional<Instant> read(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeParseException otherwise) {
            return Optional.empty();
        }
    }
}
