package io.driftless.sandbox.custom.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What expressions compute with: Long, [Unsigned], Double, String, [Bytes], Boolean, [#NULL],
/// Duration, OffsetDateTime,
/// Optional, lists, maps, a [Part] of an object, the name of a type, and the values of the
/// libraries.
final class Values {
    static final Object NULL = NullNode.getInstance();

    private Values() {}

    /// A value that a library brought, with the name of its type.
    interface Foreign {
        String type();
    }

    /// A type as a value.
    record Named(String name) implements Foreign {
        @Override
        public String type() {
            return "type";
        }
    }

    static String typeName(Object value) {
        return switch (value) {
            case Long _ -> "int";
            case Unsigned _ -> "uint";
            case Double _ -> "double";
            case String _ -> "string";
            case Bytes _ -> "bytes";
            case Boolean _ -> "bool";
            case NullNode _ -> "null_type";
            case Duration _ -> Type.DURATION.name();
            case OffsetDateTime _ -> Type.TIMESTAMP.name();
            case Optional<?> _ -> "optional_type";
            case List<?> _ -> "list";
            case Map<?, ?> _, Part _ -> "map";
            case Foreign foreign -> foreign.type();
            default -> "unknown";
        };
    }

    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw noOverload();
    }

    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw noOverload();
    }

    /// Goes through a list, or the keys of a map.
    static List<?> range(Object value) {
        return switch (value) {
            case List<?> list -> list;
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case Part part -> part.names();
            default -> throw new CelException("got 'types." + goName(value) + "', expected iterable type");
        };
    }

    private static String goName(Object value) {
        String name = typeName(value);
        String last = name.substring(name.lastIndexOf('.') + 1);
        return Character.toUpperCase(last.charAt(0)) + last.substring(1);
    }

    static long size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Bytes bytes -> bytes.size();
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case Part part -> part.size();
            default -> throw new CelException("no such overload: size");
        };
    }

    static boolean isSingle(Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof Bytes || isNumber(value);
    }

    /// A key of a map.
    ///
    /// @throws CelException where it can be none
    static Object key(Object value) {
        if (!isSingle(value) || value instanceof Bytes) {
            throw new CelException("unsupported key type: " + typeName(value));
        }
        return value;
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Unsigned;
    }

    static boolean same(Object left, Object right, Steps steps) {
        steps.take(1);
        return switch (left) {
            case Double a when right instanceof Double b -> a.doubleValue() == b;
            case Long a when right instanceof Long b -> a.equals(b);
            case Object a when isNumber(a) -> isNumber(right) && !isNan(a) && !isNan(right) && compare(a, right) == 0;
            case List<?> a -> right instanceof List<?> b && sameLists(a, b, steps);
            case Part a when right instanceof Part b -> a.same(b, steps);
            case Part _, Map<?, ?> _ -> isMap(right) && sameMaps(left, right, steps);
            case OffsetDateTime a -> right instanceof OffsetDateTime b && a.isEqual(b);
            case Optional<?> a -> right instanceof Optional<?> b && sameOptionals(a, b, steps);
            case String a
            when right instanceof String b -> {
                steps.characters(Math.min(a.length(), b.length()));
                yield a.equals(b);
            }
            case Foreign a when !(a instanceof Named) && !a.type().equals(typeName(right)) -> throw noOverload();
            default -> left.equals(right);
        };
    }

    static boolean isMap(Object value) {
        return value instanceof Map<?, ?> || value instanceof Part;
    }

    private static boolean isNan(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    private static boolean sameLists(List<?> left, List<?> right, Steps steps) {
        if (left.size() != right.size()) {
            return false;
        }
        if (left instanceof MergedList merged) {
            return merged.same(right, steps);
        }
        boolean all = true;
        for (int i = 0; all && i < left.size(); i++) {
            all = same(left.get(i), right.get(i), steps);
        }
        return all;
    }

    private static boolean sameMaps(Object left, Object right, Steps steps) {
        if (size(left) != size(right)) {
            return false;
        }
        for (Object key : range(left)) {
            Optional<Object> other = Lookups.find(right, key);
            if (other.isEmpty() || !same(Lookups.find(left, key).orElseThrow(), other.get(), steps)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameOptionals(Optional<?> left, Optional<?> right, Steps steps) {
        return left.isPresent() == right.isPresent()
                && (left.isEmpty() || same(left.get(), right.orElseThrow(), steps));
    }

    static int compare(Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> a.compareTo(b);
            case Object a when isNumber(a) && isNumber(right) -> compareNumbers(a, right);
            case String a when right instanceof String b -> compareTexts(a, b);
            case Boolean a when right instanceof Boolean b -> a.compareTo(b);
            case Bytes a when right instanceof Bytes b -> a.compareTo(b);
            case Duration a when right instanceof Duration b -> a.compareTo(b);
            case OffsetDateTime a
            when right instanceof OffsetDateTime b -> a.toInstant().compareTo(b.toInstant());
            default -> throw noOverload();
        };
    }

    /// By characters rather than by the halves of those that take two.
    private static int compareTexts(String left, String right) {
        int at = 0;
        while (at < left.length() && at < right.length() && left.charAt(at) == right.charAt(at)) {
            at++;
        }
        boolean inside = at < left.length() && at < right.length();
        return inside
                ? Integer.compare(left.codePointAt(at), right.codePointAt(at))
                : Integer.compare(left.length(), right.length());
    }

    private static int compareNumbers(Object left, Object right) {
        if (isNan(left) || isNan(right)) {
            throw new CelException("NaN values cannot be ordered");
        }
        if (left instanceof Double a && a.isInfinite() || right instanceof Double b && b.isInfinite()) {
            return Double.compare(real(left), real(right));
        }
        return decimal(left).compareTo(decimal(right));
    }

    private static double real(Object number) {
        return number instanceof Double real ? real : decimal(number).doubleValue();
    }

    private static BigDecimal decimal(Object number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case Unsigned unsigned -> new BigDecimal(unsigned.number());
            case Double real -> new BigDecimal(real);
            default -> throw noOverload();
        };
    }

    /// What is gone over into an expression of a JSON value about which nothing is known.
    static Object of(JsonNode node) {
        return Part.value(node, Type.DYN);
    }

    static CelException noOverload() {
        return new CelException("no such overload");
    }
}
