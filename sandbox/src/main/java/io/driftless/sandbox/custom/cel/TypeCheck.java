package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.Expression.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds names and fields that there are not, and values that do not go together, when an expression is read.
final class TypeCheck {
    private static final Set<String> TRUTHS = Set.of("all", "exists", "exists_one");
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Known NOTHING = new Known(null, "");
    private static final Known TRUTH = new Known(null, "bool");

    private TypeCheck() {}

    /// What is known of a part of an expression.
    ///
    /// @param fields those that it has; null where that is not known
    /// @param sort the word for its type; empty where that is not known
    record Known(@Nullable Fields fields, String sort) {
        static Known of(@Nullable Fields fields) {
            return fields == null ? NOTHING : new Known(fields, fields.sort());
        }
    }

    /// What is known of a part of an expression, after all of it was looked at.
    static Known check(Node node, Map<String, Known> names) {
        return switch (node) {
            case Node.Literal(Object value) -> new Known(null, sort(value));
            case Node.Name(String name, int at) -> {
                Known known = names.get(name);
                if (known == null) {
                    throw new CelException("undeclared reference to '" + name + "' (in container '')", at);
                }
                yield known;
            }
            case Node.Select(Node of, String field, int at) -> field(check(of, names), field, at);
            case Node.Has(Node of, String field, int at) -> {
                var _ = field(check(of, names), field, at);
                yield TRUTH;
            }
            case Node.Index(Node of, Node key) -> {
                var _ = check(key, names);
                Fields known = check(of, names).fields();
                yield known == null ? NOTHING : Known.of(known.item());
            }
            case Node.Loop loop -> loop(loop, names);
            case Node.Binary binary -> binary(binary, names);
            case Node.Not(Node of) -> {
                var _ = check(of, names);
                yield TRUTH;
            }
            case Node.Choice(Node condition, Node yes, Node no) -> {
                var _ = check(condition, names);
                String one = check(yes, names).sort();
                yield new Known(null, check(no, names).sort().equals(one) ? one : "");
            }
            case Node.Call(Node on, String function, List<Node> arguments) -> {
                if (on != null) {
                    var _ = check(on, names);
                }
                arguments.forEach(argument -> check(argument, names));
                yield new Known(null, Functions.sort(function));
            }
            default -> {
                Expression.parts(node).forEach(part -> check(part, names));
                yield NOTHING;
            }
        };
    }

    /// The type of what is plain to see: a literal, or what compares or combines truths.
    static String sortOf(Node node) {
        return switch (node) {
            case Node.Literal(Object value) -> sort(value);
            case Node.Has _, Node.Not _ -> "bool";
            default -> "";
        };
    }

    private static String sort(Object value) {
        return switch (value) {
            case String _ -> "string";
            case Long _ -> "int";
            case Boolean _ -> "bool";
            case Double _ -> "double";
            default -> "";
        };
    }

    private static Known binary(Node.Binary binary, Map<String, Known> names) {
        String left = check(binary.left(), names).sort();
        String right = check(binary.right(), names).sort();
        String operator = binary.operator();
        boolean compares = COMPARISONS.contains(operator);
        boolean numbers = !operator.equals("==")
                && !operator.equals("!=")
                && compares
                && Set.of("int", "double").containsAll(Set.copyOf(List.of(left, right)));
        if ((compares || operator.equals("+"))
                && !left.isEmpty()
                && !right.isEmpty()
                && !left.equals(right)
                && !numbers) {
            throw new CelException(
                    "found no matching overload for '_" + operator + "_' applied to '(" + left + ", " + right + ")'",
                    binary.at());
        }
        boolean truth = compares || Set.of("&&", "||", "in").contains(operator);
        return truth ? TRUTH : new Known(null, operator.equals("+") ? left : "");
    }

    private static Known loop(Node.Loop loop, Map<String, Known> names) {
        Fields range = check(loop.range(), names).fields();
        Map<String, Known> inner = new HashMap<>(names);
        inner.put(loop.name(), range == null || range.keyed() ? NOTHING : Known.of(range.item()));
        if (loop.condition() != null) {
            var _ = check(loop.condition(), inner);
        }
        var _ = check(loop.body(), inner);
        return TRUTHS.contains(loop.macro()) ? TRUTH : NOTHING;
    }

    private static Known field(Known of, String name, int at) {
        if (!of.sort().isEmpty()) {
            throw new CelException("type '" + of.sort() + "' does not support field selection", at);
        }
        if (of.fields() == null) {
            return NOTHING;
        }
        try {
            return Known.of(of.fields().field(name));
        } catch (CelException e) {
            throw e.placed(at);
        }
    }
}
