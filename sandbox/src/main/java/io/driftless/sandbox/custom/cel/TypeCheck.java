package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.CelException.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the types of all parts of an expression, and with them names and fields that there are
/// not, and values that do not go together, when an expression is read.
final class TypeCheck {
    private final Unifier unifier = new Unifier();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Node, Type> types = new IdentityHashMap<>();
    private final Overloads overloads = new Overloads(unifier, problems);
    private Map<String, Type> names;

    private TypeCheck(Map<String, Type> names) {
        this.names = names;
    }

    /// The types of the parts of an expression.
    ///
    /// @param names what is known beside types
    /// @throws CelException where it is none
    static Map<Node, Type> check(Node node, Map<String, Type> names) {
        TypeCheck check = new TypeCheck(new HashMap<>(names));
        var _ = check.type(node);
        fail(check.problems);
        check.types.replaceAll((_, type) -> check.unifier.finished(type));
        LiteralCheck.check(node, check.types, check.problems);
        fail(check.problems);
        return check.types;
    }

    private static void fail(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new CelException(problems);
        }
    }

    private void wrong(int at, String message) {
        problems.add(new Problem(message, at));
    }

    private void mismatch(int at, Type wanted, Type found) {
        wrong(at, "expected type '" + wanted + "' but found '" + found + "'");
    }

    private Type type(Node node) {
        Type type = switch (node) {
            case Node.Literal(Object value, int _) -> Type.of(Values.typeName(value), List.of());
            case Node.Name(String name, int at) -> named(name, at);
            case Node.Select select -> select(select);
            case Node.Has(Node of, String field, int at) -> {
                var _ = field(type(of), field, false, at);
                yield Type.BOOL;
            }
            case Node.Index(Node of, Node key, boolean optional, int at) ->
                overloads.operator(optional ? "_[?_]" : "_[_]", List.of(type(of), type(key)), at);
            case Node.Unary(String operator, Node of, int at) ->
                overloads.operator(operator + "_", List.of(type(of)), at);
            case Node.Binary binary -> binary(binary);
            case Node.Choice(Node condition, Node yes, Node no, int at) ->
                overloads.operator("_?_:_", List.of(type(condition), type(yes), type(no)), at);
            case Node.ListOf list -> list(list);
            case Node.MapOf map -> map(map);
            case Node.Call call -> call(call);
            case Node.Loop loop -> loop(loop);
            case Node.Mapped mapped -> mapped(mapped);
        };
        types.put(node, type);
        return type;
    }

    private Type named(String name, int at) {
        Type known = names.get(name);
        known = known == null ? Library.named(name) : known;
        if (known == null) {
            wrong(at, "undeclared reference to '" + name + "' (in container '')");
            return Type.ERROR;
        }
        return known;
    }

    private Type select(Node.Select select) {
        Type whole = Library.named(Macros.qualified(select));
        return whole != null ? whole : field(type(select.of()), select.field(), select.optional(), select.at());
    }

    private Type field(Type of, String name, boolean optional, int at) {
        Type operand = unifier.resolved(of);
        boolean inside = operand.isOptional();
        Type target = inside ? operand.parameter(0) : operand;
        Type found = Type.DYN;
        if (target.is("map")) {
            found = target.parameter(1);
        } else if (target.fields() != null) {
            found = field(target.fields(), name);
            if (found.equals(Type.ERROR)) {
                wrong(at, "undefined field '" + name + "'");
            }
        } else if (target.name().startsWith("kubernetes.")) {
            found = Type.ERROR;
            wrong(at, "unexpected failed resolution of '" + target + "'");
        } else if (target.isVariable()) {
            var _ = unifier.assignable(Type.DYN, target);
        } else if (!target.isDynOrError()) {
            wrong(at, "type '" + target + "' does not support field selection");
        }
        return inside || optional ? Type.optional(found) : found;
    }

    private static Type field(Map<String, Type> fields, String name) {
        String plain = Escapes.field(name);
        return Escapes.escaped(plain).equals(name) ? fields.getOrDefault(plain, Type.ERROR) : Type.ERROR;
    }

    private Type binary(Node.Binary binary) {
        Type left = type(binary.left());
        Type right = type(binary.right());
        String operator = binary.operator();
        if (!operator.equals("&&") && !operator.equals("||")) {
            String name = operator.equals("in") ? "@in" : "_" + operator + "_";
            return overloads.operator(name, List.of(left, right), binary.at());
        }
        boolean first = truth(left, binary.left());
        boolean second = truth(right, binary.right());
        return first && second ? Type.BOOL : Type.ERROR;
    }

    private boolean truth(Type type, Node node) {
        boolean fits = unifier.assignable(type, Type.BOOL);
        if (!fits) {
            mismatch(node.at(), Type.BOOL, type);
        }
        return fits;
    }

    /// What the items of a list have in common; that it is nothing is told later, where it must not
    /// be.
    private Type joined(@Nullable Type before, Type type) {
        if (before == null) {
            return type;
        }
        if (unifier.assignable(before, type)) {
            return Unifier.general(before, type);
        }
        return Type.DYN;
    }

    private Type item(Node node, boolean optional) {
        Type type = type(node);
        if (!optional || type.equals(Type.DYN)) {
            return type;
        }
        if (!type.isOptional()) {
            mismatch(node.at(), Type.optional(type), type);
            return type;
        }
        return type.parameter(0);
    }

    private Type list(Node.ListOf list) {
        Type items = null;
        for (int i = 0; i < list.items().size(); i++) {
            Node item = list.items().get(i);
            items = joined(items, item(item, list.optional().get(i)));
        }
        return Type.list(items == null ? unifier.fresh() : items);
    }

    private Type map(Node.MapOf map) {
        Type keys = null;
        Type values = null;
        for (int i = 0; i < map.keys().size(); i++) {
            Node key = map.keys().get(i);
            Node value = map.values().get(i);
            keys = joined(keys, type(key));
            values = joined(values, item(value, map.optional().get(i)));
        }
        return keys == null || values == null ? Type.map(unifier.fresh(), unifier.fresh()) : Type.map(keys, values);
    }

    private Type call(Node.Call call) {
        List<Type> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(type(argument)));
        if (call.on() != null) {
            arguments.addFirst(type(call.on()));
        }
        return overloads.function(call.function(), call.on() != null, arguments, call.at());
    }

    private Type loop(Node.Loop loop) {
        Type range = unifier.resolved(type(loop.range()));
        Type first = Type.DYN;
        Type second = Type.DYN;
        if (range.is("list")) {
            first = loop.second().isEmpty() ? range.parameter(0) : Type.INT;
            second = range.parameter(0);
        } else if (range.is("map")) {
            first = range.parameter(0);
            second = range.parameter(1);
        } else if (range.isDynOrError() || range.isVariable()) {
            var _ = unifier.assignable(Type.DYN, range);
        } else {
            wrong(
                    loop.range().at(),
                    "expression of type '" + range + "' cannot be range of a comprehension (must be list, map, or"
                            + " dynamic)");
            first = Type.ERROR;
            second = Type.ERROR;
        }
        Map<String, Type> outer = names;
        names = new HashMap<>(outer);
        names.put(loop.name(), first);
        names.put(loop.second(), second);
        Type condition = loop.condition() == null ? Type.BOOL : type(loop.condition());
        Type body = type(loop.body());
        names = outer;
        return unifier.resolved(Loops.type(loop, first, condition, body, this::truth, overloads, range));
    }

    private Type mapped(Node.Mapped mapped) {
        Type of = type(mapped.of());
        Type value = overloads.function("value", true, List.of(of), mapped.at());
        Map<String, Type> outer = names;
        names = new HashMap<>(outer);
        names.put(mapped.name(), value);
        Type body = type(mapped.body());
        names = outer;
        Type made = mapped.flat() ? body : Type.optional(body);
        return overloads.operator("_?_:_", List.of(Type.BOOL, made, Type.optional(unifier.fresh())), mapped.at());
    }
}
