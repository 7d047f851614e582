package io.driftless.sandbox.custom.cel;

import java.util.List;

/// Lists as sets.
final class SetFunctions {
    static final List<Function> ALL = List.of(
            Function.of(
                    "sets.contains(list(T), list(T)): bool",
                    (lists, steps) -> contains((List<?>) lists[0], (List<?>) lists[1], steps)),
            Function.of(
                    "sets.equivalent(list(T), list(T)): bool",
                    (lists, steps) -> contains((List<?>) lists[0], (List<?>) lists[1], steps)
                            && contains((List<?>) lists[1], (List<?>) lists[0], steps)),
            Function.of(
                    "sets.intersects(list(T), list(T)): bool",
                    (lists, steps) -> intersects((List<?>) lists[0], (List<?>) lists[1], steps)));

    private SetFunctions() {}

    private static boolean contains(List<?> list, List<?> others, Steps steps) {
        return others.stream().allMatch(item -> Arithmetic.in(item, list, steps));
    }

    private static boolean intersects(List<?> list, List<?> others, Steps steps) {
        return list.stream().anyMatch(item -> Arithmetic.in(item, others, steps));
    }
}
