package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;

/// What operators may be applied to.
final class Operators {
    private static final List<String> ORDERED = List.of(
            "bool,bool",
            "int,int",
            "int,double",
            "int,uint",
            "uint,uint",
            "uint,double",
            "uint,int",
            "double,double",
            "double,int",
            "double,uint",
            "string,string",
            "bytes,bytes",
            "timestamp,timestamp",
            "duration,duration");
    static final List<Function> ALL = all();

    private Operators() {}

    private static List<Function> all() {
        List<Function> out = new ArrayList<>();
        add(out, "_?_:_(bool, A, A): A", "!_(bool): bool", "-_(double): double", "-_(int): int");
        add(out, "_==_(A, A): bool", "_!=_(A, A): bool", "@in(A, list(A)): bool", "@in(A, map(A, B)): bool");
        add(out, "_+_(bytes, bytes): bytes", "_+_(double, double): double", "_+_(duration, duration): duration");
        add(out, "_+_(duration, timestamp): timestamp", "_+_(timestamp, duration): timestamp");
        add(out, "_+_(int, int): int", "_+_(list(A), list(A)): list(A)", "_+_(string, string): string");
        add(out, "_+_(uint, uint): uint", "_-_(double, double): double", "_-_(duration, duration): duration");
        add(out, "_-_(int, int): int", "_-_(timestamp, duration): timestamp", "_-_(timestamp, timestamp): duration");
        add(out, "_-_(uint, uint): uint", "_%_(int, int): int", "_%_(uint, uint): uint");
        for (String operator : List.of("_*_", "_/_")) {
            for (String type : List.of("double", "int", "uint")) {
                add(out, operator + "(" + type + ", " + type + "): " + type);
            }
        }
        for (String operator : List.of("_<_", "_<=_", "_>_", "_>=_")) {
            ORDERED.forEach(types -> add(out, operator + "(" + types + "): bool"));
        }
        add(out, "_[_](list(A), int): A", "_[_](map(A, B), A): B");
        add(out, "_[_](optional(list(V)), int): optional(V)", "_[_](optional(map(K, V)), K): optional(V)");
        add(out, "_[?_](list(V), int): optional(V)", "_[?_](optional(list(V)), int): optional(V)");
        add(out, "_[?_](map(K, V), K): optional(V)", "_[?_](optional(map(K, V)), K): optional(V)");
        return List.copyOf(out);
    }

    /// They are evaluated on their own, for some look at one side alone.
    private static void add(List<Function> out, String... signatures) {
        for (String signature : signatures) {
            out.add(Function.of(signature, (_, _) -> {
                throw Values.noOverload();
            }));
        }
    }
}
