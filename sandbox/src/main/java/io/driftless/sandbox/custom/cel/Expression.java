package io.driftless.sandbox.custom.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An expression about `self`, and `oldSelf` where it compares with what was before.
public final class Expression {
    private static final int LONGEST = 100_000;
    private final Node root;
    private final Type type;
    private final Type self;
    private final boolean optional;
    private final boolean comparing;

    private Expression(Node root, Type type, Type self, boolean optional) {
        this.root = root;
        this.type = type;
        this.self = self;
        this.optional = optional;
        this.comparing = names(root, "oldSelf");
    }

    /// Reads an expression.
    ///
    /// @param self what it is about
    /// @throws CelException where it cannot be read, names what there is not, or takes values that
    /// do not go together
    public static Expression read(String text, Type self) {
        return read(text, self, false);
    }

    /// The same, where what was before may be none.
    public static Expression read(String text, Type self, boolean optional) {
        int size = text.codePointCount(0, text.length());
        if (size > LONGEST) {
            throw CelException.nowhere(
                    "expression code point size exceeds limit: size: " + size + ", limit " + LONGEST);
        }
        try {
            Node root = Parser.read(text);
            Map<String, Type> names = new HashMap<>();
            names.put("self", self);
            names.put("oldSelf", optional ? Type.optional(self) : self);
            Type type = TypeCheck.check(root, names).getOrDefault(root, Type.DYN);
            LiteralCheck.early(root);
            return new Expression(root, type, self, optional);
        } catch (StackOverflowError e) {
            throw CelException.nowhere("max recursion depth exceeded");
        }
    }

    /// The name of the type of an expression about anything, where it is plain to see; empty
    /// elsewhere.
    ///
    /// @throws CelException where it cannot be read
    public static String sortOf(String text) {
        return switch (Parser.read(text)) {
            case Node.Literal(Object value, int _) when !value.equals(Values.NULL) -> Values.typeName(value);
            case Node.Has _ -> "bool";
            case Node.Unary(String operator, Node _, int _) when operator.equals("!") -> "bool";
            default -> "";
        };
    }

    public boolean isOf(Type other) {
        return type.equals(other);
    }

    /// Whether it asks for what was before.
    public boolean comparing() {
        return comparing;
    }

    /// Whether it asks for what was before even where that is none.
    public boolean optional() {
        return optional;
    }

    /// Whether it holds.
    ///
    /// @throws CelException where it has no value
    public boolean holds(JsonNode about, @Nullable JsonNode old, Budget budget) {
        return Values.truth(value(about, old, optional, budget));
    }

    /// Its value as text; what was before is not optional to it.
    ///
    /// @throws CelException where it has none, or it is no text
    public String text(JsonNode about, @Nullable JsonNode old, Budget budget) {
        return Values.text(value(about, old, false, budget));
    }

    private Object value(JsonNode about, @Nullable JsonNode old, boolean maybe, Budget budget) {
        Map<String, Object> names = new HashMap<>();
        names.put("self", Part.value(about, self));
        Object before = old == null || old.isNull() ? null : Part.value(old, self);
        if (maybe) {
            names.put("oldSelf", Optional.ofNullable(before));
        } else if (before != null) {
            names.put("oldSelf", before);
        }
        Steps steps = new Steps();
        try {
            return new Evaluation(names, steps).value(root);
        } catch (ClassCastException | NullPointerException e) {
            throw Values.noOverload();
        } catch (StackOverflowError e) {
            throw new CelException("the expression takes too much memory");
        } finally {
            budget.take(steps);
        }
    }

    private static boolean names(Node node, String name) {
        return node instanceof Node.Name(String other, int _) && other.equals(name)
                || Node.parts(node).stream().anyMatch(part -> names(part, name));
    }
}
