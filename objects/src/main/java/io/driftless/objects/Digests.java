package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/// Digests of JSON that do not depend on the order of keys nor on the spelling of a number (`1`, `1.0`, `1e0`).
public final class Digests {
    private Digests() {}

    /// SHA-256 of the canonical text, in hex.
    public static String of(JsonNode node) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(canonical(node).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Compact JSON with sorted keys and plain numbers.
    public static String canonical(JsonNode node) {
        StringBuilder out = new StringBuilder(256);
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
                String separator = "{";
                for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
                    out.append(separator)
                            .append(TextNode.valueOf(entry.getKey()))
                            .append(':');
                    write(entry.getValue(), out);
                    separator = ",";
                }
                out.append(sorted.isEmpty() ? "{}" : "}");
            }
            case ARRAY -> {
                out.append('[');
                for (Iterator<JsonNode> items = node.elements(); items.hasNext(); ) {
                    write(items.next(), out);
                    if (items.hasNext()) {
                        out.append(',');
                    }
                }
                out.append(']');
            }
            case NUMBER -> out.append(number(node));
            case MISSING, NULL -> out.append("null");
            case BINARY, BOOLEAN, POJO, STRING -> out.append(node);
        }
    }

    private static String number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.asText();
        }
        if (node.isFloat() || node.isDouble()) {
            double value = node.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return "\"" + value + "\"";
            }
        }
        BigDecimal plain = node.decimalValue().stripTrailingZeros();
        return plain.scale() <= 0 && plain.precision() - plain.scale() < 40 ? plain.toPlainString() : plain.toString();
    }
}
