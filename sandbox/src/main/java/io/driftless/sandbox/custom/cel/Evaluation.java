package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One evaluation of an expression, which may take a bounded number of steps.
final class Evaluation {
    private final Map<String, Object> names;
    private final Steps steps;

    Evaluation(Map<String, Object> names, Steps steps) {
        this.names = new HashMap<>(names);
        this.steps = steps;
    }

    Object value(Node node) {
        steps.take(1);
        return switch (node) {
            case Node.Literal(Object value, int _) -> value;
            case Node.Name(String name, int _) -> named(name);
            case Node.Select select -> select(select);
            case Node.Has(Node of, String field, int _) -> Lookups.has(value(of), field);
            case Node.Index(Node of, Node key, boolean optional, int _) ->
                optional ? Lookups.maybe(value(of), value(key)) : Lookups.index(value(of), value(key));
            case Node.Unary(String operator, Node of, int _) ->
                operator.equals("!") ? (Object) !Values.truth(value(of)) : Arithmetic.negated(value(of));
            case Node.Choice(Node condition, Node yes, Node no, int _) ->
                value(Values.truth(value(condition)) ? yes : no);
            case Node.ListOf list -> list(list);
            case Node.MapOf map -> map(map);
            case Node.Call call -> call(call);
            case Node.Loop loop -> Looping.value(loop, this, steps);
            case Node.Mapped mapped -> mapped(mapped);
            case Node.Binary binary -> binary(binary);
        };
    }

    /// The value of an expression in which a name stands for something else.
    Object with(String name, Object value, Node node) {
        Object before = names.put(name, value);
        try {
            return value(node);
        } finally {
            restore(name, before);
        }
    }

    /// The same for two names.
    Object with(String name, Object value, String second, Object other, Node node) {
        Object before = names.put(second, other);
        try {
            return with(name, value, node);
        } finally {
            restore(second, before);
        }
    }

    private void restore(String name, @Nullable Object before) {
        if (before == null) {
            names.remove(name);
        } else {
            names.put(name, before);
        }
    }

    private Object binary(Node.Binary binary) {
        return switch (binary.operator()) {
            case "&&" -> logic(binary.left(), binary.right(), false);
            case "||" -> logic(binary.left(), binary.right(), true);
            default -> Arithmetic.of(binary.operator(), value(binary.left()), value(binary.right()), steps);
        };
    }

    private Object named(String name) {
        Object value = names.get(name);
        if (value != null) {
            return value;
        }
        if (Library.named(name) == null) {
            throw new CelException("no such attribute(s): " + name);
        }
        return new Values.Named(name);
    }

    private Object select(Node.Select select) {
        String whole = Macros.qualified(select);
        if (!whole.isEmpty() && Library.named(whole) != null) {
            return new Values.Named(whole);
        }
        Object of = value(select.of());
        return select.optional() ? Lookups.maybe(of, select.field()) : Lookups.field(of, select.field());
    }

    private List<Object> list(Node.ListOf list) {
        List<Object> out = new ArrayList<>(list.items().size());
        for (int i = 0; i < list.items().size(); i++) {
            Object item = value(list.items().get(i));
            if (list.optional().get(i) && item instanceof Optional<?> optional) {
                optional.ifPresent(out::add);
            } else {
                out.add(item);
            }
        }
        return out;
    }

    private Object map(Node.MapOf map) {
        Map<Object, Object> out = new LinkedHashMap<>();
        for (int i = 0; i < map.keys().size(); i++) {
            Object key = Values.key(value(map.keys().get(i)));
            Object value = value(map.values().get(i));
            if (map.optional().get(i) && value instanceof Optional<?> optional) {
                optional.ifPresent(present -> out.put(key, present));
            } else {
                out.put(key, value);
            }
        }
        return out;
    }

    private Object call(Node.Call call) {
        Node on = call.on();
        if (on != null && (call.function().equals("or") || call.function().equals("orValue"))) {
            return value(on) instanceof Optional<?> optional ? or(optional, call) : notOptional();
        }
        int first = on == null ? 0 : 1;
        Object[] arguments = new Object[call.arguments().size() + first];
        if (on != null) {
            arguments[0] = value(on);
        }
        for (int i = first; i < arguments.length; i++) {
            arguments[i] = value(call.arguments().get(i - first));
        }
        return Functions.call(call.function(), on != null, arguments, steps);
    }

    private static Object notOptional() {
        throw Values.noOverload();
    }

    /// What comes instead is looked at only where it is needed.
    private Object or(Optional<?> optional, Node.Call call) {
        if (optional.isEmpty()) {
            return value(call.arguments().getFirst());
        }
        return call.function().equals("or") ? optional : optional.get();
    }

    private Object mapped(Node.Mapped mapped) {
        if (!(value(mapped.of()) instanceof Optional<?> optional)) {
            throw Values.noOverload();
        }
        if (optional.isEmpty()) {
            return Optional.empty();
        }
        Object made = with(mapped.name(), optional.get(), mapped.body());
        return mapped.flat() ? made : Optional.of(made);
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
}
