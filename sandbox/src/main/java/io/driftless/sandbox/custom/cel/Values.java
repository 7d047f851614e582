package io.driftless.sandbox.custom.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What expressions compute with: Long, Double, String, Boolean, [#NULL], lists, and maps; parts of an object are taken
/// over only where they are looked at.
final class Values {
    static final Object NULL = NullNode.getInstance();

    private Values() {}

    /// A part of an object; objects in it stay as they are.
    static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.asText();
            case BOOLEAN -> node.asBoolean();
            case NUMBER -> node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
            case ARRAY -> {
                List<Object> items = new ArrayList<>(node.size());
                node.forEach(item -> items.add(of(item)));
                yield items;
            }
            case OBJECT -> node;
            case NULL, MISSING, BINARY, POJO -> NULL;
        };
    }

    static boolean has(Object value, String field) {
        return switch (value) {
            case JsonNode node when node.isObject() -> node.has(field);
            case Map<?, ?> map -> map.containsKey(field);
            default -> throw noOverload("field selection");
        };
    }

    static Object field(Object value, String field) {
        Object found = switch (value) {
            case JsonNode node when node.isObject() && node.has(field) -> of(node.path(field));
            case Map<?, ?> map -> map.get(field);
            default -> null;
        };
        if (found == null) {
            throw new CelException("no such key: " + field);
        }
        return found;
    }

    static Map<String, Object> map(Object value) {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (value) {
            case JsonNode node
            when node.isObject() -> node.properties().forEach(entry -> out.put(entry.getKey(), of(entry.getValue())));
            case Map<?, ?> map -> map.forEach((key, item) -> out.put(String.valueOf(key), item));
            default -> throw noOverload("map");
        }
        return out;
    }

    static boolean isMap(Object value) {
        return value instanceof Map<?, ?> || value instanceof JsonNode node && node.isObject();
    }

    /// What is gone through: the items of a list, the keys of a map.
    static List<?> range(Object value) {
        return value instanceof List<?> list ? list : new ArrayList<>(map(value).keySet());
    }

    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw noOverload("logic");
    }

    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw noOverload("text");
    }

    static long whole(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw noOverload("int");
    }

    static boolean same(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return compare(a, b) == 0;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            boolean all = a.size() == b.size();
            for (int i = 0; all && i < a.size(); i++) {
                all = same(a.get(i), b.get(i));
            }
            return all;
        }
        if (isMap(left) && isMap(right)) {
            Map<String, Object> a = map(left);
            Map<String, Object> b = map(right);
            return a.keySet().equals(b.keySet())
                    && a.entrySet().stream().allMatch(entry -> same(entry.getValue(), field(b, entry.getKey())));
        }
        return left.equals(right);
    }

    static int compare(Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> a.compareTo(b);
            case Number a when right instanceof Number b -> Double.compare(a.doubleValue(), b.doubleValue());
            case String a when right instanceof String b -> a.compareTo(b);
            case Boolean a when right instanceof Boolean b -> a.compareTo(b);
            default -> throw noOverload("comparison");
        };
    }

    static CelException noOverload(String what) {
        return new CelException("no such overload: " + what);
    }
}
