package io.driftless.sandbox.custom.cel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A text with values in the places of its clauses, such as `%s` or `%.2f`.
final class TextFormat {
    private static final int DECIMALS = 6;
    static final String STRINGS =
            "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and"
                    + " timestamps, was given ";
    private final String format;
    private final List<?> values;
    private final Steps steps;

    TextFormat(String format, List<?> values, Steps steps) {
        this.format = format;
        this.values = values;
        this.steps = steps;
    }

    String text() {
        StringBuilder out = new StringBuilder();
        int next = 0;
        FormatClauses clauses = new FormatClauses(format);
        while (clauses.more()) {
            if (clauses.isPlain()) {
                out.append(clauses.plain());
                continue;
            }
            if (next >= values.size()) {
                throw new CelException("index " + next + " out of range");
            }
            FormatClauses.Clause clause = clauses.clause();
            out.append(shown(clause, values.get(next++)));
            steps.characters(out.length());
        }
        return out.toString();
    }

    private String shown(FormatClauses.Clause clause, Object value) {
        try {
            return switch (clause.letter()) {
                case 's' -> told(value);
                case 'd' -> decimal(value);
                case 'f' -> GoNumbers.fixed(real("fixed-point", value), clause.decimals(DECIMALS), true);
                case 'e' -> GoNumbers.scientific(real("scientific", value), DECIMALS);
                case 'b' -> binary(value);
                case 'o' -> octal(value);
                default -> hexadecimal(value, clause.letter() == 'X');
            };
        } catch (CelException e) {
            throw new CelException("error during formatting: " + e.getMessage());
        }
    }

    private String told(Object value) {
        return switch (value) {
            case List<?> _ -> inner(value);
            case Double number -> GoNumbers.shortest(number);
            case Bytes bytes -> Conversions.text(bytes);
            case Duration duration -> GoDurations.text(duration);
            case OffsetDateTime time -> Moments.text(time);
            case Values.Named(String name) -> name;
            case Object map when Values.isMap(map) -> inner(map);
            case Object other
            when other instanceof String
                    || other instanceof Long
                    || other instanceof Boolean
                    || other instanceof Unsigned -> other.toString();
            case Object other when other.equals(Values.NULL) -> "null";
            default -> throw new CelException(STRINGS + Values.typeName(value));
        };
    }

    /// A value within a list or map, as it would be written in an expression.
    private String inner(Object value) {
        steps.take(1);
        return switch (value) {
            case String text -> {
                steps.characters(text.length());
                yield quoted(text);
            }
            case Bytes bytes -> "b" + quoted(Conversions.text(bytes));
            case Double number -> {
                String text = GoNumbers.fixed(number, DECIMALS, false).replace("∞", "Inf");
                yield number.isNaN() || number.isInfinite() ? quoted(number > 0 ? "+" + text : text) : text;
            }
            case OffsetDateTime time -> "timestamp(\"" + Moments.text(time) + "\")";
            case Duration duration -> "duration(\"" + GoDurations.text(duration) + "\")";
            case List<?> list -> list.stream().map(this::inner).collect(Collectors.joining(", ", "[", "]"));
            case Object map when Values.isMap(map) -> map(map);
            case Object other
            when other instanceof Values.Foreign foreign && !(other instanceof Values.Named) ->
                throw new CelException("no formatting function for " + foreign.type());
            default -> told(value);
        };
    }

    private String map(Object map) {
        TreeMap<String, String> entries = new TreeMap<>();
        for (Object key : Values.range(map)) {
            entries.put(inner(key), inner(Lookups.find(map, key).orElse(Values.NULL)));
        }
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            int at = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
            if (at >= 0) {
                out.append('\\').append("abfnrtv\\\"".charAt(at));
            } else if (c < ' ' || c == 127) {
                out.append(String.format("\\x%02x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }

    private static String decimal(Object value) {
        if (value instanceof Long || value instanceof Unsigned) {
            return value.toString();
        }
        throw new CelException("decimal clause can only be used on integers, was given " + Values.typeName(value));
    }

    private static double real(String clause, Object value) {
        return switch (value) {
            case Double number -> number;
            case String text when text.equals("NaN") -> Double.NaN;
            case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
            case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
            default ->
                throw new CelException(
                        clause + " clause can only be used on doubles, was given " + Values.typeName(value));
        };
    }

    private static String binary(Object value) {
        return switch (value) {
            case Long number -> number < 0 ? Long.toString(number, 2) : Long.toBinaryString(number);
            case Unsigned number -> number.number().toString(2);
            case Boolean flag -> flag ? "1" : "0";
            default ->
                throw new CelException(
                        "only integers and bools can be formatted as binary, was given " + Values.typeName(value));
        };
    }

    private static String octal(Object value) {
        return switch (value) {
            case Long number -> Long.toString(number, 8);
            case Unsigned number -> number.number().toString(8);
            default ->
                throw new CelException(
                        "octal clause can only be used on integers, was given " + Values.typeName(value));
        };
    }

    private static String hexadecimal(Object value, boolean upper) {
        HexFormat format = upper ? HexFormat.of().withUpperCase() : HexFormat.of();
        String digits = switch (value) {
            case String text -> format.formatHex(text.getBytes(StandardCharsets.UTF_8));
            case Bytes bytes -> format.formatHex(bytes.bytes());
            case Long number -> Long.toString(number, 16);
            case Unsigned number -> number.number().toString(16);
            default ->
                throw new CelException("only integers, byte buffers, and strings can be formatted as hex, was given "
                        + Values.typeName(value));
        };
        return upper ? digits.toUpperCase(java.util.Locale.ROOT) : digits;
    }

    /// A value as messages of errors show it.
    static String plain(Object value) {
        return switch (value) {
            case String text -> text;
            case Long _, Unsigned _, Boolean _ -> value.toString();
            case Double number -> GoNumbers.shortest(number);
            default -> Values.typeName(value);
        };
    }
}
