package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.CelException.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds which functions of a name fit arguments of certain types, and what they give.
final class Overloads {
    private final Unifier unifier;
    private final List<Problem> problems;

    Overloads(Unifier unifier, List<Problem> problems) {
        this.unifier = unifier;
        this.problems = problems;
    }

    Type operator(String name, List<Type> arguments, int at) {
        return function(name, false, arguments, at);
    }

    Type function(String name, boolean method, List<Type> arguments, int at) {
        List<Function> named = Functions.named(name);
        if (named.isEmpty()) {
            problems.add(new Problem("undeclared reference to '" + name + "' (in container '')", at));
            return Type.ERROR;
        }
        Type result = null;
        for (Function function : named) {
            Type given = function.method() == method ? given(function, arguments) : null;
            if (given != null) {
                result = result == null || given.equals(result) ? given : Type.DYN;
            }
        }
        if (result == null) {
            problems.add(new Problem(
                    "found no matching overload for '" + name + "' applied to '" + told(method, arguments) + "'", at));
            return Type.ERROR;
        }
        return result;
    }

    private @Nullable Type given(Function function, List<Type> arguments) {
        Map<Type, Type> fresh = new HashMap<>();
        List<Type> parameters =
                function.parameters().stream().map(type -> renamed(type, fresh)).toList();
        Type result = renamed(function.result(), fresh);
        return unifier.assignable(arguments, parameters) ? unifier.resolved(result) : null;
    }

    private Type renamed(Type type, Map<Type, Type> fresh) {
        return type.isVariable()
                ? fresh.computeIfAbsent(type, _ -> unifier.fresh())
                : type.with(type.parameters().stream()
                        .map(part -> renamed(part, fresh))
                        .toList());
    }

    private String told(boolean method, List<Type> arguments) {
        List<String> words =
                arguments.stream().map(unifier::finished).map(Type::toString).toList();
        return method
                ? words.getFirst() + "." + words.stream().skip(1).collect(Collectors.joining(", ", "(", ")"))
                : words.stream().collect(Collectors.joining(", ", "(", ")"));
    }
}
