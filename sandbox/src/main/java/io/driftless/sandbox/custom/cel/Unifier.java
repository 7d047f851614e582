package io.driftless.sandbox.custom.cel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which types can stand for which, and what variables of types stand for so far.
final class Unifier {
    private final Map<Type, Type> known = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private int made;

    /// @param before what a variable stood for; null for nothing
    private record Change(Type variable, @Nullable Type before) {}

    Type fresh() {
        return Type.variable("_var" + made++);
    }

    /// Whether values of one type may stand where another is asked for; what variables stand for is
    /// kept if so.
    boolean assignable(Type one, Type other) {
        return assignable(List.of(one), List.of(other));
    }

    boolean assignable(List<Type> some, List<Type> others) {
        changes.clear();
        boolean fits = all(some, others);
        for (Change change : fits ? List.<Change>of() : changes.reversed()) {
            if (change.before() == null) {
                known.remove(change.variable());
            } else {
                known.put(change.variable(), change.before());
            }
        }
        return fits;
    }

    private boolean all(List<Type> some, List<Type> others) {
        boolean fits = some.size() == others.size();
        for (int i = 0; fits && i < some.size(); i++) {
            fits = fits(some.get(i), others.get(i));
        }
        return fits;
    }

    private boolean fits(Type one, Type other) {
        if (other.isVariable()) {
            boolean bound = known.containsKey(other);
            if (substitutes(one, other)) {
                return true;
            } else if (bound) {
                return false;
            }
        }
        if (one.isVariable()) {
            return substitutes(other, one);
        }
        if (one.isDynOrError() || other.isDynOrError()) {
            return true;
        }
        if (one.equals(Type.NULL)) {
            return other.equals(Type.NULL) || other.isNullable();
        }
        if (other.equals(Type.NULL)) {
            return one.isNullable();
        }
        if (one.is("type")) {
            return other.is("type");
        }
        return one.name().equals(other.name()) && all(one.parameters(), other.parameters());
    }

    /// Whether a type can be what a variable stands for.
    private boolean substitutes(Type type, Type variable) {
        if (type.equals(variable)) {
            return true;
        }
        Type before = known.get(variable);
        if (before == null) {
            boolean free = isFree(variable, type);
            if (free) {
                bind(variable, type);
            }
            return free;
        }
        if (type.equals(before)) {
            return true;
        }
        if (!fits(type, before)) {
            return false;
        }
        Type general = general(type, before);
        if (isFree(variable, general)) {
            bind(variable, general);
        }
        return true;
    }

    private void bind(Type variable, Type type) {
        changes.add(new Change(variable, known.put(variable, type)));
    }

    private boolean isFree(Type variable, Type within) {
        if (variable.equals(within)) {
            return false;
        }
        if (within.isVariable()) {
            Type stands = known.get(within);
            return stands == null || isFree(variable, stands);
        }
        return within.parameters().stream().allMatch(part -> isFree(variable, part));
    }

    static Type general(Type one, Type other) {
        return lessSpecific(one, other) ? one : other;
    }

    private static boolean lessSpecific(Type one, Type other) {
        if (one.equals(Type.DYN) || one.isVariable()) {
            return true;
        }
        if (other.equals(Type.DYN)
                || other.isVariable()
                || !one.name().equals(other.name())
                || one.parameters().size() != other.parameters().size()) {
            return false;
        }
        boolean less = true;
        for (int i = 0; less && !one.is("type") && i < one.parameters().size(); i++) {
            less = lessSpecific(one.parameter(i), other.parameter(i));
        }
        return less;
    }

    /// The type with what its variables stand for; those that stand for nothing are left.
    Type resolved(Type type) {
        return resolved(type, false);
    }

    /// The same, where variables that stand for nothing are anything.
    Type finished(Type type) {
        return resolved(type, true);
    }

    private Type resolved(Type type, boolean finished) {
        Type stands = known.get(type);
        if (stands != null) {
            return resolved(stands, finished);
        }
        if (type.isVariable()) {
            return finished ? Type.DYN : type;
        }
        return type.parameters().isEmpty()
                ? type
                : type.with(type.parameters().stream()
                        .map(part -> resolved(part, finished))
                        .toList());
    }
}
