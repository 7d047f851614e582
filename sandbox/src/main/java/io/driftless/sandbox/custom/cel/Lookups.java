package io.driftless.sandbox.custom.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is in maps, objects and lists, by key or place.
final class Lookups {
    private Lookups() {}

    /// The value of a key in a map or an object; empty where there is none.
    static Optional<Object> find(Object in, Object key) {
        return switch (in) {
            case Part part -> {
                if (key instanceof String name) {
                    yield part.find(name);
                }
                throw Values.noOverload();
            }
            case Map<?, ?> map -> find(map, key);
            default -> Optional.empty();
        };
    }

    /// Numbers of all types are the same key where they are the same number.
    private static Optional<Object> find(Map<?, ?> map, Object key) {
        if (!Values.isSingle(key)) {
            return Optional.empty();
        }
        Object found = map.get(key);
        if (found == null && Values.isNumber(key)) {
            long number = whole(key);
            boolean exact = key instanceof Long
                    || key instanceof Unsigned unsigned && unsigned.bits() >= 0
                    || key instanceof Double real && real == number;
            found = exact ? map.get(number) : null;
            found = found == null && exact && number >= 0 ? map.get(new Unsigned(number)) : found;
        }
        return Optional.ofNullable(found);
    }

    private static long whole(Object number) {
        return switch (number) {
            case Unsigned unsigned -> unsigned.bits();
            case Number other -> other.longValue();
            default -> throw Values.noOverload();
        };
    }

    static boolean has(Object in, String field) {
        return in instanceof Optional<?> optional
                ? optional.isPresent() && has(optional.get(), field)
                : find(in, field).isPresent();
    }

    /// A field, which is optional where what it is a field of is.
    static Object field(Object of, String field) {
        if (of instanceof Optional<?> optional) {
            return optional.flatMap(value -> find(value, field));
        }
        return find(of, field).orElseThrow(() -> new CelException("no such key: " + field));
    }

    static Object index(Object of, Object key) {
        if (of instanceof Optional<?> optional) {
            return optional.flatMap(value -> maybe(value, key));
        }
        if (of instanceof List<?> list) {
            long at = place(key);
            if (at < 0 || at >= list.size()) {
                throw new CelException("index out of bounds: " + at);
            }
            return list.get((int) at);
        }
        return find(of, key).orElseThrow(() -> new CelException("no such key: " + TextFormat.plain(key)));
    }

    /// The same where nothing is no error.
    static Optional<Object> maybe(Object of, Object key) {
        if (of instanceof Optional<?> optional) {
            return optional.flatMap(value -> maybe(value, key));
        }
        if (of instanceof List<?> list) {
            long at = place(key);
            return at < 0 || at >= list.size() ? Optional.empty() : Optional.of(list.get((int) at));
        }
        return find(of, key);
    }

    private static long place(Object key) {
        boolean fits =
                key instanceof Long || key instanceof Unsigned || key instanceof Double real && real == Math.rint(real);
        if (!fits) {
            throw new CelException("unsupported index type '" + Values.typeName(key) + "' in list");
        }
        return whole(key);
    }
}
