package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The functions that are known, by name and number of arguments.
final class Functions {
    private static final Set<String> GLOBAL = Set.of("size/1", "int/1", "double/1", "string/1", "bool/1", "dyn/1");
    private static final Set<String> METHODS = Set.of(
            "size/0",
            "startsWith/1",
            "endsWith/1",
            "contains/1",
            "matches/1",
            "lowerAscii/0",
            "upperAscii/0",
            "trim/0",
            "split/1",
            "join/0",
            "join/1",
            "replace/2",
            "substring/1",
            "substring/2",
            "indexOf/1",
            "lastIndexOf/1",
            "isSorted/0",
            "sum/0",
            "min/0",
            "max/0",
            "charAt/1");

    /// Functions of the real server that are not known here.
    private static final Set<String> ELSEWHERE = Set.of(
            "add",
            "asApproximateFloat",
            "asInteger",
            "authorizer",
            "bytes",
            "cidr",
            "compareTo",
            "containsCIDR",
            "containsIP",
            "duration",
            "family",
            "find",
            "findAll",
            "format",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getEscapedPath",
            "getFullYear",
            "getHost",
            "getHostname",
            "getHours",
            "getMilliseconds",
            "getMinutes",
            "getMonth",
            "getPort",
            "getQuery",
            "getScheme",
            "getSeconds",
            "greatest",
            "hasValue",
            "ip",
            "isCIDR",
            "isCanonical",
            "isGreaterThan",
            "isIP",
            "isInteger",
            "isLessThan",
            "isQuantity",
            "isSemver",
            "isURL",
            "isUnspecified",
            "least",
            "major",
            "masked",
            "minor",
            "optional",
            "orValue",
            "patch",
            "prefixLength",
            "quantity",
            "reverse",
            "semver",
            "sign",
            "sub",
            "timestamp",
            "type",
            "uint",
            "url",
            "validate",
            "value");
    private static final Set<String> TRUTHS =
            Set.of("startsWith", "endsWith", "contains", "matches", "bool", "isSorted");
    private static final Set<String> TEXTS =
            Set.of("string", "lowerAscii", "upperAscii", "trim", "join", "replace", "substring", "charAt");
    private static final Set<String> WHOLES = Set.of("size", "int", "indexOf", "lastIndexOf");

    private Functions() {}

    /// Whether there is such a function, known here or not.
    static boolean exists(String name) {
        return ELSEWHERE.contains(name)
                || METHODS.stream().anyMatch(known -> known.startsWith(name + "/"))
                || GLOBAL.stream().anyMatch(known -> known.startsWith(name + "/"));
    }

    /// The type of what a function gives; empty where that depends.
    static String sort(String name) {
        return TRUTHS.contains(name)
                ? "bool"
                : TEXTS.contains(name) ? "string" : WHOLES.contains(name) ? "int" : name.equals("double") ? name : "";
    }

    static boolean known(boolean method, String name, int arguments) {
        return (method ? METHODS : GLOBAL).contains(name + "/" + arguments);
    }

    static Object call(String name, List<Object> values) {
        Object first = values.getFirst();
        return switch (name) {
            case "size" -> size(first);
            case "dyn" -> first;
            case "int" -> number(first, true);
            case "double" -> number(first, false);
            case "string" -> string(first);
            case "bool" ->
                first instanceof Boolean
                        ? first
                        : Boolean.valueOf(Values.text(first).equals("true"));
            case "isSorted" -> sorted(list(first));
            case "sum" -> sum(list(first));
            case "min" -> Collections.min(filled(first), Values::compare);
            case "max" -> Collections.max(filled(first), Values::compare);
            case "join" ->
                list(first).stream()
                        .map(Values::text)
                        .collect(Collectors.joining(values.size() > 1 ? Values.text(values.get(1)) : ""));
            case "indexOf", "lastIndexOf" -> position(name, first, values.get(1));
            default -> text(name, Values.text(first), values);
        };
    }

    private static Object text(String name, String text, List<Object> values) {
        return switch (name) {
            case "startsWith" -> text.startsWith(Values.text(values.get(1)));
            case "endsWith" -> text.endsWith(Values.text(values.get(1)));
            case "contains" -> text.contains(Values.text(values.get(1)));
            case "matches" -> Patterns.found(Patterns.read(Values.text(values.get(1))), text);
            case "lowerAscii" -> text.toLowerCase(Locale.ROOT);
            case "upperAscii" -> text.toUpperCase(Locale.ROOT);
            case "trim" -> text.strip();
            case "split" ->
                new ArrayList<Object>(
                        Arrays.asList(text.split(java.util.regex.Pattern.quote(Values.text(values.get(1))), -1)));
            case "replace" -> text.replace(Values.text(values.get(1)), Values.text(values.get(2)));
            case "charAt" -> part(text, Values.whole(values.get(1)), Values.whole(values.get(1)) + 1);
            case "substring" ->
                part(
                        text,
                        Values.whole(values.get(1)),
                        values.size() > 2 ? Values.whole(values.get(2)) : text.length());
            default -> throw Values.noOverload(name);
        };
    }

    private static String part(String text, long from, long to) {
        if (from < 0 || to > text.length() || from > to) {
            throw new CelException("index out of range: " + from);
        }
        return text.substring((int) from, (int) to);
    }

    private static Object size(Object value) {
        return switch (value) {
            case String text -> (long) text.codePointCount(0, text.length());
            case List<?> list -> (long) list.size();
            default -> (long) Values.map(value).size();
        };
    }

    private static Object number(Object value, boolean whole) {
        try {
            return switch (value) {
                case Number number -> whole ? (Object) number.longValue() : (Object) number.doubleValue();
                case String text -> whole ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
                default -> throw Values.noOverload("conversion");
            };
        } catch (NumberFormatException e) {
            throw new CelException("type conversion error from '" + value + "'");
        }
    }

    private static String string(Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw Values.noOverload("string");
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw Values.noOverload("list");
    }

    private static List<?> filled(Object value) {
        List<?> list = list(value);
        if (list.isEmpty()) {
            throw new CelException("min and max of an empty list");
        }
        return list;
    }

    private static boolean sorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (Values.compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object sum(List<?> list) {
        Object sum = 0L;
        for (Object item : list) {
            sum = sum instanceof Long a && item instanceof Long b
                    ? (Object) (a + b)
                    : (Object) (((Number) sum).doubleValue() + ((Number) number(item, false)).doubleValue());
        }
        return sum;
    }

    private static Object position(String name, Object in, Object sought) {
        boolean first = name.equals("indexOf");
        if (in instanceof String text) {
            String part = Values.text(sought);
            return (long) (first ? text.indexOf(part) : text.lastIndexOf(part));
        }
        List<?> list = list(in);
        long found = -1;
        for (int i = 0; i < list.size() && !(first && found >= 0); i++) {
            found = Values.same(Objects.requireNonNull(list.get(i)), sought) ? i : found;
        }
        return found;
    }
}
