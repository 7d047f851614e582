package io.driftless.sandbox.custom.cel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// Values of one type as values of another.
final class Conversions {
    /// Those that are made already when an expression is read, where they are of a literal.
    static final Set<String> EARLY =
            Set.of("bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint");
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
    private static final int LONGEST = 400;

    static final List<Function> ALL = List.of(
            Function.one("bool(bool): bool", value -> value),
            Function.one("bool(string): bool", value -> truth((String) value)),
            Function.one("bytes(bytes): bytes", value -> value),
            Function.one("bytes(string): bytes", text -> new Bytes(((String) text).getBytes(StandardCharsets.UTF_8))),
            Function.one("double(double): double", value -> value),
            Function.one("double(int): double", value -> ((Long) value).doubleValue()),
            Function.one("double(string): double", value -> real((String) value)),
            Function.one(
                    "double(uint): double", value -> ((Unsigned) value).number().doubleValue()),
            Function.one("duration(duration): duration", value -> value),
            Function.one("duration(int): duration", _ -> {
                throw failed("int", Type.DURATION);
            }),
            Function.one(
                    "duration(string): duration",
                    value -> GoDurations.read((String) value).orElseThrow(() -> failed(Type.DURATION))),
            Function.one("dyn(A): dyn", value -> value),
            Function.one("int(int): int", value -> value),
            Function.one("int(double): int", value -> whole((Double) value)),
            Function.one("int(duration): int", value -> ((Duration) value).toNanos()),
            Function.one("int(string): int", value -> whole((String) value)),
            Function.one("int(timestamp): int", value -> ((OffsetDateTime) value).toEpochSecond()),
            Function.one("int(uint): int", value -> signed((Unsigned) value)),
            Function.one("string(string): string", value -> value),
            Function.one("string(bool): string", Object::toString),
            Function.one("string(bytes): string", value -> text((Bytes) value)),
            Function.one("string(double): string", value -> GoNumbers.shortest((Double) value)),
            Function.one("string(duration): string", value -> GoDurations.text((Duration) value)),
            Function.one("string(int): string", Object::toString),
            Function.one("string(timestamp): string", value -> Moments.text((OffsetDateTime) value)),
            Function.one("string(uint): string", Object::toString),
            Function.one("timestamp(timestamp): timestamp", value -> value),
            Function.one("timestamp(int): timestamp", value -> Moments.ofSeconds((Long) value)),
            Function.one(
                    "timestamp(string): timestamp",
                    value -> Moments.read((String) value).orElseThrow(() -> failed(Type.TIMESTAMP))),
            Function.one("type(A): type(A)", value -> new Values.Named(Values.typeName(value))),
            Function.one("uint(uint): uint", value -> value),
            Function.one("uint(double): uint", value -> unsigned((Double) value)),
            Function.one("uint(int): uint", value -> Unsigned.of(BigInteger.valueOf((Long) value))),
            Function.one("uint(string): uint", value -> unsigned((String) value)));

    private Conversions() {}

    private static CelException failed(Type to) {
        return failed("string", to);
    }

    private static CelException failed(String from, Type to) {
        return new CelException("type conversion error from '" + from + "' to '" + to.name() + "'");
    }

    private static boolean truth(String text) {
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw failed(Type.BOOL);
        }
        return TRUE.contains(text);
    }

    private static double real(String text) {
        String plain = text.replaceFirst("^[+-]", "");
        double sign = text.startsWith("-") ? -1 : 1;
        if (plain.equalsIgnoreCase("inf") || plain.equalsIgnoreCase("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        } else if (text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (text.length() > LONGEST || !plain.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw failed(Type.DOUBLE);
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw failed(Type.DOUBLE);
        }
        return value;
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(ascii(text));
        } catch (NumberFormatException e) {
            throw failed(Type.INT);
        }
    }

    private static String ascii(String text) {
        return text.chars().allMatch(c -> c < 128) ? text : "";
    }

    private static long whole(double number) {
        if (Double.isNaN(number) || number <= Long.MIN_VALUE || number >= Long.MAX_VALUE) {
            throw new CelException("integer overflow");
        }
        return (long) number;
    }

    private static long signed(Unsigned number) {
        if (number.bits() < 0) {
            throw new CelException("integer overflow");
        }
        return number.bits();
    }

    private static Unsigned unsigned(double number) {
        if (Double.isNaN(number) || number < 0 || number >= 0x1p64) {
            throw new CelException("unsigned integer overflow");
        }
        return Unsigned.of(new BigDecimal(number).toBigInteger());
    }

    private static Unsigned unsigned(String text) {
        try {
            if (text.startsWith("+") || text.startsWith("-")) {
                throw failed(Type.UINT);
            }
            return new Unsigned(Long.parseUnsignedLong(ascii(text)));
        } catch (NumberFormatException e) {
            throw failed(Type.UINT);
        }
    }

    static String text(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CelException("invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    /// A field of an object of the format `byte`.
    static Bytes decoded(String text) {
        try {
            return new Bytes(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new CelException("Invalid byte formatted string " + text);
        }
    }
}
