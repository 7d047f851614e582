package io.driftless.sandbox.custom.cel;

import java.util.List;

/// What types the macros give that go through a list or a map.
final class Loops {
    private Loops() {}

    /// Tells where what should be true or false is not.
    interface Truths {
        boolean check(Type type, Node node);
    }

    static Type type(
            Node.Loop loop, Type item, Type condition, Type body, Truths truths, Overloads overloads, Type range) {
        int at = loop.at();
        return switch (loop.macro()) {
            case "all", "exists" -> {
                var _ = truths.check(body, loop.body());
                yield Type.BOOL;
            }
            case "exists_one", "existsOne" -> {
                var _ = overloads.operator("_?_:_", List.of(body, Type.INT, Type.INT), at);
                yield Type.BOOL;
            }
            case "filter" -> chosen(body, Type.list(item), overloads, at);
            case "map", "transformList" -> chosen(condition, Type.list(body), overloads, at);
            case "transformMap" -> chosen(condition, Type.map(item, body), overloads, at);
            case "transformMapEntry" -> chosen(condition, body, overloads, at);
            default -> {
                Type list = range.is("list") ? range : Type.list(item);
                yield overloads.function("@sortByAssociatedKeys", true, List.of(list, Type.list(body)), at);
            }
        };
    }

    private static Type chosen(Type condition, Type made, Overloads overloads, int at) {
        var _ = overloads.operator("_?_:_", List.of(condition, made, made), at);
        return made;
    }
}
