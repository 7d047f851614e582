package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.Expression.Fields;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds names and fields that there are not, when an expression is read.
final class FieldCheck {
    private FieldCheck() {}

    /// What is known of a part of an expression, after all of it was looked at.
    static @Nullable Fields check(Node node, Map<String, @Nullable Fields> names) {
        return switch (node) {
            case Node.Name(String name) -> {
                if (!names.containsKey(name)) {
                    throw new CelException("undeclared reference to '" + name + "'");
                }
                yield names.get(name);
            }
            case Node.Select(Node of, String field) -> field(check(of, names), field);
            case Node.Has(Node of, String field) -> {
                var _ = field(check(of, names), field);
                yield null;
            }
            case Node.Index(Node of, Node key) -> {
                var _ = check(key, names);
                Fields known = check(of, names);
                yield known == null ? null : known.item();
            }
            case Node.Loop loop -> {
                loop(loop, names);
                yield null;
            }
            default -> {
                Expression.parts(node).forEach(part -> check(part, names));
                yield null;
            }
        };
    }

    private static void loop(Node.Loop loop, Map<String, @Nullable Fields> names) {
        Fields range = check(loop.range(), names);
        Map<String, @Nullable Fields> inner = new HashMap<>(names);
        inner.put(loop.name(), range == null || range.keyed() ? null : range.item());
        if (loop.condition() != null) {
            var _ = check(loop.condition(), inner);
        }
        var _ = check(loop.body(), inner);
    }

    private static @Nullable Fields field(@Nullable Fields of, String name) {
        return of == null ? null : of.field(name);
    }
}
