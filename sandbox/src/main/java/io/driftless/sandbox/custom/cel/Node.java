package io.driftless.sandbox.custom.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression, read; `at` is where in its text a part is told to be.
sealed interface Node {
    record Literal(Object value) implements Node {}

    record Name(String name, int at) implements Node {}

    record Select(Node of, String field, int at) implements Node {}

    /// Whether a field is there.
    record Has(Node of, String field, int at) implements Node {}

    record Index(Node of, Node key) implements Node {}

    record Call(@Nullable Node on, String function, List<Node> arguments) implements Node {}

    record Not(Node of) implements Node {}

    record Minus(Node of) implements Node {}

    record Binary(String operator, Node left, Node right, int at) implements Node {}

    record Choice(Node condition, Node yes, Node no) implements Node {}

    record ListOf(List<Node> items) implements Node {}

    record MapOf(List<Node> keys, List<Node> values) implements Node {}

    /// `range.all(name, body)` and its like; `condition` is that of a map with three arguments.
    record Loop(
            String macro, Node range, String name, @Nullable Node condition, Node body) implements Node {}
}
