package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.CelException.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with literals that types do not tell: texts that are no durations, patterns
/// that are none, lists of several types, formats that do not go with their values.
final class LiteralCheck {
    private static final Set<String> TIMES = Set.of("duration", "timestamp");
    private final Map<Node, Type> types;
    private final List<Problem> problems;

    private LiteralCheck(Map<Node, Type> types, List<Problem> problems) {
        this.types = types;
        this.problems = problems;
    }

    static void check(Node node, Map<Node, Type> types, List<Problem> problems) {
        new LiteralCheck(types, problems).visit(node, false);
    }

    private Type type(Node node) {
        return types.getOrDefault(node, Type.DYN);
    }

    private void visit(Node node, boolean formatted) {
        boolean inside = formatted;
        switch (node) {
            case Node.ListOf list when !formatted -> same(list.items(), list.optional(), true);
            case Node.MapOf map
            when !formatted -> {
                same(map.keys(), List.of(), false);
                same(map.values(), map.optional(), false);
            }
            case Node.Call call -> {
                inside |= call.function().equals("format");
                call(call);
            }
            default -> {}
        }
        for (Node part : Node.parts(node)) {
            visit(part, inside);
        }
    }

    private void same(List<Node> items, List<Boolean> optional, boolean once) {
        Type first = null;
        for (int i = 0; i < items.size(); i++) {
            Type type = type(items.get(i));
            type = !optional.isEmpty() && optional.get(i) && type.isOptional() ? type.parameter(0) : type;
            first = first == null ? type : first;
            if (!first.equals(type) && !(first.is("type") && type.is("type"))) {
                problems.add(new Problem(
                        "expected type '" + first + "' but found '" + type + "'",
                        items.get(i).at()));
                if (once) {
                    return;
                }
            }
        }
    }

    private void call(Node.Call call) {
        if (call.arguments().isEmpty()) {
            return;
        }
        Node first = call.arguments().getFirst();
        if (first instanceof Node.Literal(Object value, int at) && !sound(call.function(), value)) {
            problems.add(new Problem("invalid " + call.function() + " argument", at));
        }
        if (call.function().equals("format")
                && call.on() instanceof Node.Literal(Object format, int _)
                && format instanceof String text
                && first instanceof Node.ListOf list) {
            new FormatCheck(this.types, problems).check(text, list, call.at());
        }
    }

    private static boolean sound(String function, Object value) {
        boolean pattern = function.equals("matches") && value instanceof String;
        if (!pattern && !TIMES.contains(function)) {
            return true;
        }
        return Foreigners.isOne(() -> pattern
                ? Patterns.read((String) value)
                : Functions.call(function, false, new Object[] {value}, new Steps()));
    }

    /// Works out conversions of literals, and reads patterns, before there is any object.
    ///
    /// @throws CelException where one is none
    static void early(Node node) {
        Node.parts(node).forEach(LiteralCheck::early);
        if (!(node instanceof Node.Call call) || call.arguments().isEmpty()) {
            return;
        }
        Node first = call.arguments().getFirst();
        if (PatternFunctions.EARLY.contains(call.function())
                && first instanceof Node.Literal(Object value, int _)
                && value instanceof String text) {
            var _ = Patterns.read(text);
        }
        var _ = constant(node);
    }

    private static @Nullable Object constant(Node node) {
        if (node instanceof Node.Literal(Object value, int _)) {
            return value;
        }
        if (!(node instanceof Node.Call call)
                || call.on() != null
                || !Conversions.EARLY.contains(call.function())
                || call.arguments().size() != 1) {
            return null;
        }
        Object inner = constant(call.arguments().getFirst());
        return inner == null ? null : Functions.call(call.function(), false, new Object[] {inner}, new Steps());
    }
}
