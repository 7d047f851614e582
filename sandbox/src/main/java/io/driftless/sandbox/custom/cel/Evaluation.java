package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One evaluation of an expression, which may take a bounded number of steps.
final class Evaluation {
    private static final int STEPS = 1_000_000;
    private final Map<String, Object> names;
    private int steps;

    Evaluation(Map<String, Object> names) {
        this.names = new HashMap<>(names);
    }

    Object value(Node node) {
        if (++steps > STEPS) {
            throw new CelException("the expression takes more than " + STEPS + " steps");
        }
        return switch (node) {
            case Node.Literal(Object value) -> value;
            case Node.Name(String name, int _) -> named(name);
            case Node.Select(Node of, String field, int _) -> Values.field(value(of), field);
            case Node.Has(Node of, String field, int _) -> Values.has(value(of), field);
            case Node.Index(Node of, Node key) -> index(value(of), value(key));
            case Node.Not(Node of) -> !Values.truth(value(of));
            case Node.Minus(Node of) -> Arithmetic.of("-", 0L, value(of));
            case Node.Choice(Node condition, Node yes, Node no) -> value(Values.truth(value(condition)) ? yes : no);
            case Node.ListOf(List<Node> items) -> values(items);
            case Node.MapOf map -> map(map);
            case Node.Call call -> call(call);
            case Node.Loop loop -> loop(loop);
            case Node.Binary binary -> binary(binary);
        };
    }

    private Object binary(Node.Binary binary) {
        return switch (binary.operator()) {
            case "&&" -> logic(binary.left(), binary.right(), false);
            case "||" -> logic(binary.left(), binary.right(), true);
            default -> Arithmetic.of(binary.operator(), value(binary.left()), value(binary.right()));
        };
    }

    private Object named(String name) {
        Object value = names.get(name);
        if (value == null) {
            throw new CelException("undeclared reference to '" + name + "'");
        }
        return value;
    }

    private List<Object> values(List<Node> nodes) {
        List<Object> out = new ArrayList<>(nodes.size());
        nodes.forEach(node -> out.add(value(node)));
        return out;
    }

    private Object map(Node.MapOf map) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (int i = 0; i < map.keys().size(); i++) {
            out.put(String.valueOf(value(map.keys().get(i))), value(map.values().get(i)));
        }
        return out;
    }

    private static Object index(Object of, Object key) {
        if (!(of instanceof List<?> list)) {
            return Values.field(of, String.valueOf(key));
        }
        long at = Values.whole(key);
        if (at < 0 || at >= list.size()) {
            throw new CelException("index out of bounds: " + at);
        }
        return list.get((int) at);
    }

    private Object call(Node.Call call) {
        List<Object> values = new ArrayList<>();
        if (call.on() != null) {
            values.add(value(call.on()));
        }
        values.addAll(values(call.arguments()));
        return Functions.call(call.function(), values);
    }

    /// The side that decides counts, even where the other one has no value.
    private boolean logic(Node left, Node right, boolean decides) {
        boolean first;
        try {
            first = Values.truth(value(left));
        } catch (CelException e) {
            if (Values.truth(value(right)) == decides) {
                return decides;
            }
            throw e;
        }
        return first == decides ? decides : Values.truth(value(right));
    }

    private Object loop(Node.Loop loop) {
        Object before = names.get(loop.name());
        try {
            return loop(loop, Values.range(value(loop.range())));
        } finally {
            if (before == null) {
                names.remove(loop.name());
            } else {
                names.put(loop.name(), before);
            }
        }
    }

    private Object loop(Node.Loop loop, List<?> range) {
        List<Object> out = new ArrayList<>();
        long count = 0;
        CelException failed = null;
        for (Object item : range) {
            names.put(loop.name(), item);
            if (loop.macro().equals("map")) {
                if (loop.condition() == null || Values.truth(value(loop.condition()))) {
                    out.add(value(loop.body()));
                }
                continue;
            }
            try {
                if (Values.truth(value(loop.body()))) {
                    count++;
                    out.add(item);
                    if (loop.macro().equals("exists")) {
                        return true;
                    }
                } else if (loop.macro().equals("all")) {
                    return false;
                }
            } catch (CelException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return switch (loop.macro()) {
            case "all" -> true;
            case "exists" -> false;
            case "exists_one" -> count == 1;
            default -> out;
        };
    }
}
