package io.driftless.sandbox.custom.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An expression about `self`, and `oldSelf` where it compares with what was before.
public final class Expression {
    private final Node root;
    private final String sort;
    private final boolean comparing;

    private Expression(Node root, String sort) {
        this.root = root;
        this.sort = sort;
        this.comparing = names(root, "oldSelf");
    }

    /// The fields that a part of an object has.
    public interface Fields {
        /// Those of a field; null where it is not known what it has.
        ///
        /// @throws CelException where there is no such field
        @Nullable
        Fields field(String name);

        /// Those of an item or entry; null where that is not known.
        @Nullable
        Fields item();

        /// Whether its fields are entries, so that who goes through it meets their names.
        boolean keyed();

        /// The word for its type where it is a single value: `string`, `int`, `double`, `bool`; empty for all else.
        String sort();
    }

    /// Reads an expression.
    ///
    /// @param self what it is about; null where nothing is known of it
    /// @throws CelException where it cannot be read, names fields that there are not, or uses what is not known yet
    public static Expression read(String text, @Nullable Fields self) {
        Node root = Parser.read(text);
        Map<String, TypeCheck.Known> names = new HashMap<>();
        names.put("self", TypeCheck.Known.of(self));
        names.put("oldSelf", TypeCheck.Known.of(self));
        return new Expression(root, TypeCheck.check(root, names).sort());
    }

    /// The type of an expression about anything; empty where that is not known.
    ///
    /// @throws CelException where it cannot be read
    public static String sortOf(String text) {
        return TypeCheck.sortOf(Parser.read(text));
    }

    /// Whether its value may be of a type, as far as that is known.
    public boolean mayBe(String type) {
        return sort.isEmpty() || sort.equals(type);
    }

    /// Whether it asks for what was before.
    public boolean comparing() {
        return comparing;
    }

    /// Whether it holds.
    ///
    /// @throws CelException where it has no value
    public boolean holds(JsonNode self, @Nullable JsonNode old) {
        return Values.truth(value(self, old));
    }

    /// Its value as text.
    ///
    /// @throws CelException where it has none, or it is no text
    public String text(JsonNode self, @Nullable JsonNode old) {
        return Values.text(value(self, old));
    }

    private Object value(JsonNode self, @Nullable JsonNode old) {
        Map<String, Object> names = new HashMap<>();
        names.put("self", Values.of(self));
        if (old != null) {
            names.put("oldSelf", Values.of(old));
        }
        try {
            return new Evaluation(names).value(root);
        } catch (ClassCastException | NullPointerException e) {
            throw new CelException("no such overload");
        }
    }

    private static boolean names(Node node, String name) {
        return switch (node) {
            case Node.Name(String other, int _) -> other.equals(name);
            case Node.Literal _ -> false;
            default -> parts(node).stream().anyMatch(part -> names(part, name));
        };
    }

    static List<Node> parts(Node node) {
        return switch (node) {
            case Node.Literal _, Node.Name _ -> List.of();
            case Node.Select(Node of, String _, int _) -> List.of(of);
            case Node.Has(Node of, String _, int _) -> List.of(of);
            case Node.Index(Node of, Node key) -> List.of(of, key);
            case Node.Not(Node of) -> List.of(of);
            case Node.Minus(Node of) -> List.of(of);
            case Node.Binary(String _, Node left, Node right, int _) -> List.of(left, right);
            case Node.Choice(Node condition, Node yes, Node no) -> List.of(condition, yes, no);
            case Node.ListOf(List<Node> items) -> items;
            case Node.MapOf(List<Node> keys, List<Node> values) -> joined(keys, values);
            case Node.Call(Node on, String _, List<Node> arguments) ->
                on == null ? arguments : joined(List.of(on), arguments);
            case Node.Loop(String _, Node range, String _, Node condition, Node body) ->
                condition == null ? List.of(range, body) : List.of(range, condition, body);
        };
    }

    private static List<Node> joined(List<Node> some, List<Node> more) {
        List<Node> out = new java.util.ArrayList<>(some);
        out.addAll(more);
        return out;
    }
}
