package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.regex.Pattern;

/// The formats that are looked at; others are taken as they are, as unknown ones are by the real server.
final class Formats {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private Formats() {}

    static boolean fits(String format, JsonNode value) {
        return switch (format) {
            case "int32" -> !value.isNumber() || value.asLong() == (int) value.asLong() && value.canConvertToLong();
            case "int64" -> !value.isNumber() || value.canConvertToLong();
            case "date-time" -> time(value.asText(), false);
            case "date" -> time(value.asText(), true);
            case "uuid" -> UUID.matcher(value.asText()).matches();
            case "ipv4" -> IPV4.matcher(value.asText()).matches();
            case "byte" -> encoded(value.asText());
            default -> true;
        };
    }

    private static boolean time(String text, boolean day) {
        try {
            var _ = day ? LocalDate.parse(text) : OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean encoded(String text) {
        try {
            var _ = Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
