package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/// Values that are a number or a percentage.
final class Shares {
    private Shares() {}

    static int up(JsonNode value, int of) {
        return (int) Math.ceil(share(value, of));
    }

    static int down(JsonNode value, int of) {
        return (int) Math.floor(share(value, of));
    }

    private static double share(JsonNode value, int of) {
        String text = value.asText();
        if (!text.endsWith("%")) {
            return value.asInt();
        }
        try {
            return Integer.parseInt(text.substring(0, text.length() - 1)) * of / 100.0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
