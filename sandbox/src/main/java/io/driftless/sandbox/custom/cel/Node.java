package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression, read; `at` is where in its text a part is told to be.
sealed interface Node {
    int at();

    record Literal(Object value, int at) implements Node {}

    record Name(String name, int at) implements Node {}

    /// @param optional whether a field that is not there is no error
    record Select(Node of, String field, boolean optional, int at) implements Node {}

    /// Whether a field is there.
    record Has(Node of, String field, int at) implements Node {}

    record Index(Node of, Node key, boolean optional, int at) implements Node {}

    record Call(@Nullable Node on, String function, List<Node> arguments, int at) implements Node {}

    /// An operator with one side: `!` or `-`.
    record Unary(String operator, Node of, int at) implements Node {}

    record Binary(String operator, Node left, Node right, int at) implements Node {}

    record Choice(Node condition, Node yes, Node no, int at) implements Node {}

    /// @param optional which items are left out where they have no value
    record ListOf(List<Node> items, List<Boolean> optional, int at) implements Node {}

    /// @param optional which entries are left out where they have no value
    record MapOf(List<Node> keys, List<Node> values, List<Boolean> optional, int at) implements Node {}

    /// `range.all(name, body)` and its like; `condition` is that of those that may have one.
    ///
    /// @param second the name of the second variable; empty where there is one alone
    record Loop(
            String macro,
            Node range,
            String name,
            String second,
            @Nullable Node condition,
            Node body,
            int at) implements Node {}

    /// `of.optMap(name, body)`, and `optFlatMap` where the body is optional itself.
    record Mapped(Node of, String name, Node body, boolean flat, int at) implements Node {}

    /// What an expression is made of.
    static List<Node> parts(Node node) {
        return switch (node) {
            case Literal _, Name _ -> List.of();
            case Select(Node of, String _, boolean _, int _) -> List.of(of);
            case Has(Node of, String _, int _) -> List.of(of);
            case Index(Node of, Node key, boolean _, int _) -> List.of(of, key);
            case Unary(String _, Node of, int _) -> List.of(of);
            case Binary(String _, Node left, Node right, int _) -> List.of(left, right);
            case Choice(Node condition, Node yes, Node no, int _) -> List.of(condition, yes, no);
            case ListOf(List<Node> items, List<Boolean> _, int _) -> items;
            case MapOf(List<Node> keys, List<Node> values, List<Boolean> _, int _) -> joined(keys, values);
            case Call(Node on, String _, List<Node> arguments, int _) ->
                on == null ? arguments : joined(List.of(on), arguments);
            case Loop(String _, Node range, String _, String _, Node condition, Node body, int _) ->
                condition == null ? List.of(range, body) : List.of(range, condition, body);
            case Mapped(Node of, String _, Node body, boolean _, int _) -> List.of(of, body);
        };
    }

    private static List<Node> joined(List<Node> some, List<Node> more) {
        List<Node> out = new ArrayList<>(some);
        out.addAll(more);
        return out;
    }
}
