package io.driftless.sandbox.custom.cel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Functions on lists.
final class ListFunctions {
    private static final List<String> ORDERED =
            List.of("int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes");
    static final List<Function> ALL = all();

    private ListFunctions() {}

    private static List<Function> all() {
        List<Function> out = new ArrayList<>();
        for (String type : ORDERED) {
            String list = "list(" + type + ")::";
            out.add(Function.of(list + "isSorted(): bool", (a, steps) -> isSorted(list(a, 0, steps))));
            out.add(Function.of(
                    list + "max(): " + type, (a, steps) -> Collections.max(filled("max", a, steps), Values::compare)));
            out.add(Function.of(
                    list + "min(): " + type, (a, steps) -> Collections.min(filled("min", a, steps), Values::compare)));
            out.add(Function.of(
                    list + "sort(): list(" + type + ")",
                    (a, steps) -> sorted(list(a, 0, steps), list(a, 0, steps), steps)));
            out.add(Function.of(
                    "list(T)::@sortByAssociatedKeys(list(" + type + ")): list(T)",
                    (a, steps) -> sorted(list(a, 0, steps), list(a, 1, steps), steps)));
        }
        sum(out, "int", 0L);
        sum(out, "uint", new Unsigned(0));
        sum(out, "double", 0.0);
        sum(out, "duration", Duration.ZERO);
        out.add(Function.of("list(A)::indexOf(A): int", (a, steps) -> place(list(a, 0, steps), a[1], true, steps)));
        out.add(Function.of(
                "list(A)::lastIndexOf(A): int", (a, steps) -> place(list(a, 0, steps), a[1], false, steps)));
        out.add(Function.of(
                "list(T)::slice(int, int): list(T)", (a, steps) -> slice(list(a, 0, steps), (long) a[1], (long) a[2])));
        out.add(Function.of("list(list(T))::flatten(): list(T)", (a, steps) -> flat(list(a, 0, steps), 1, steps)));
        out.add(Function.of(
                "list(dyn)::flatten(int): list(dyn)", (a, steps) -> flat(list(a, 0, steps), (long) a[1], steps)));
        out.add(Function.of("lists.range(int): list(int)", (a, steps) -> range((long) a[0], steps)));
        out.add(Function.of(
                "list(T)::reverse(): list(T)",
                (a, steps) -> new ArrayList<>(list(a, 0, steps).reversed())));
        out.add(Function.of("list(T)::distinct(): list(T)", (a, steps) -> distinct(list(a, 0, steps), steps)));
        return List.copyOf(out);
    }

    private static List<?> list(Object[] arguments, int index, Steps steps) {
        List<?> list = (List<?>) arguments[index];
        steps.items(list.size());
        return list;
    }

    private static List<?> filled(String name, Object[] arguments, Steps steps) {
        List<?> list = list(arguments, 0, steps);
        if (list.isEmpty()) {
            throw new CelException(name + " called on empty list");
        }
        return list;
    }

    private static boolean isSorted(List<?> list) {
        boolean sorted = true;
        for (int i = 1; sorted && i < list.size(); i++) {
            sorted = Values.compare(list.get(i - 1), list.get(i)) <= 0;
        }
        return sorted;
    }

    private static void sum(List<Function> out, String type, Object nought) {
        out.add(Function.of("list(" + type + ")::sum(): " + type, (a, steps) -> {
            Object sum = nought;
            for (Object item : list(a, 0, steps)) {
                sum = Arithmetic.of("+", sum, item, steps);
            }
            return sum;
        }));
    }

    private static long place(List<?> list, Object sought, boolean first, Steps steps) {
        for (int i = 0; i < list.size(); i++) {
            int at = first ? i : list.size() - 1 - i;
            if (Values.same(list.get(at), sought, steps)) {
                return at;
            }
        }
        return -1;
    }

    private static List<?> slice(List<?> list, long start, long end) {
        String told = "cannot slice(" + start + ", " + end + "), ";
        if (start < 0 || end < 0) {
            throw new CelException(told + "negative indexes not supported");
        } else if (start > end) {
            throw new CelException(told + "start index must be less than or equal to end index");
        } else if (end > list.size()) {
            throw new CelException(told + "list is length " + list.size());
        }
        return new ArrayList<>(list.subList((int) start, (int) end));
    }

    private static List<Object> flat(List<?> list, long depth, Steps steps) {
        if (depth < 0) {
            throw new CelException("level must be non-negative");
        }
        steps.items(list.size());
        List<Object> out = new ArrayList<>();
        for (Object item : list) {
            if (item instanceof List<?> inner && depth > 0) {
                out.addAll(flat(inner, depth - 1, steps));
            } else {
                out.add(item);
            }
        }
        return out;
    }

    private static List<Long> range(long count, Steps steps) {
        steps.items(Math.max(count, 0));
        return LongStream.range(0, Math.max(count, 0)).boxed().toList();
    }

    private static List<Object> distinct(List<?> list, Steps steps) {
        List<Object> out = new ArrayList<>();
        for (Object item : list) {
            if (!Arithmetic.in(item, out, steps)) {
                out.add(item);
            }
        }
        return out;
    }

    /// A list in the order of keys, each of which belongs to the item in its place.
    static List<Object> sorted(List<?> list, List<?> keys, Steps steps) {
        steps.items(list.size() * (long) (64 - Long.numberOfLeadingZeros(list.size())));
        if (!keys.isEmpty() && !ORDERED.contains(orderName(keys.getFirst()))) {
            throw new CelException("list elements must be comparable");
        }
        if (keys.stream().map(Values::typeName).distinct().count() > 1) {
            throw new CelException("list elements must have the same type");
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, list.size()).boxed().toList());
        order.sort(Comparator.comparing(keys::get, Values::compare));
        List<Object> out = new ArrayList<>(list.size());
        order.forEach(at -> out.add(list.get(at)));
        return out;
    }

    private static String orderName(Object value) {
        String name = Values.typeName(value);
        return name.startsWith("google.protobuf.") ? name.substring(16).toLowerCase(java.util.Locale.ROOT) : name;
    }
}
