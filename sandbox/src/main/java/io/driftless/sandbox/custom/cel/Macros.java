package io.driftless.sandbox.custom.cel;

import io.driftless.sandbox.custom.cel.CelException.Problem;
import java.util.List;
import java.util.Set;

/// Calls that are more than functions, for their arguments are not evaluated before them.
final class Macros {
    private static final Set<String> QUANTIFIERS = Set.of("all", "exists", "exists_one", "existsOne");
    private static final Set<String> LOOPS = Set.of(
            "all/2",
            "all/3",
            "exists/2",
            "exists/3",
            "exists_one/2",
            "exists_one/3",
            "existsOne/3",
            "filter/2",
            "map/2",
            "map/3",
            "sortBy/2",
            "transformList/3",
            "transformList/4",
            "transformMap/3",
            "transformMap/4",
            "transformMapEntry/3",
            "transformMapEntry/4");
    private static final Set<String> MAPPED = Set.of("optMap", "optFlatMap");

    private Macros() {}

    static Node method(Node on, String name, List<Node> arguments, int open, List<Problem> problems) {
        if (LOOPS.contains(name + "/" + arguments.size())) {
            return loop(on, name, arguments, open, problems);
        }
        if (MAPPED.contains(name) && arguments.size() == 2) {
            String variable =
                    variable(arguments.getFirst(), name + "() variable name must be a simple identifier", problems);
            return new Node.Mapped(on, variable, arguments.getLast(), name.equals("optFlatMap"), open);
        }
        String whole = qualified(on);
        return !whole.isEmpty() && Functions.exists(whole + "." + name)
                ? new Node.Call(null, whole + "." + name, arguments, open)
                : new Node.Call(on, name, arguments, open);
    }

    static Node function(String name, List<Node> arguments, int open, List<Problem> problems) {
        if (!name.equals("has") || arguments.size() != 1) {
            return new Node.Call(null, name, arguments, open);
        }
        Node of = arguments.getFirst();
        if (of instanceof Node.Select(Node inner, String field, boolean optional, int _) && !optional) {
            return new Node.Has(inner, field, open);
        }
        problems.add(new Problem("invalid argument to has() macro", of.at()));
        return of;
    }

    private static Node loop(Node on, String name, List<Node> arguments, int open, List<Problem> problems) {
        boolean two = name.startsWith("transform") || QUANTIFIERS.contains(name) && arguments.size() == 3;
        String wrong =
                two || QUANTIFIERS.contains(name) ? "argument must be a simple name" : "argument is not an identifier";
        String first = variable(arguments.getFirst(), wrong, problems);
        String second = two ? variable(arguments.get(1), wrong, problems) : "";
        if (two && first.equals(second)) {
            problems.add(new Problem(
                    "duplicate variable name: " + first, arguments.get(1).at()));
        }
        boolean filtered = arguments.size() == (two ? 4 : 3) && !(two && arguments.size() == 3);
        Node condition = filtered ? arguments.get(arguments.size() - 2) : null;
        return new Node.Loop(name, on, first, second, condition, arguments.getLast(), open);
    }

    private static String variable(Node node, String wrong, List<Problem> problems) {
        if (node instanceof Node.Name(String name, int _) && !Escapes.isReserved(name)) {
            return name;
        }
        problems.add(new Problem(wrong, node.at()));
        return "?";
    }

    /// Names with dots between them as one; empty where it is more than that.
    static String qualified(Node node) {
        StringBuilder out = new StringBuilder();
        Node at = node;
        while (at instanceof Node.Select(Node of, String field, boolean optional, int _) && !optional) {
            out.insert(0, "." + field);
            at = of;
        }
        return at instanceof Node.Name(String name, int _) ? name + out : "";
    }
}
