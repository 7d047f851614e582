package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path to fields of a document, of a JSON pointer or of the simple paths of jq.
record FieldPath(List<Part> parts) {
    FieldPath {
        parts = List.copyOf(parts);
    }

    sealed interface Part {}

    /// A field of an object. A pointer's number is also the position in a list.
    record Name(String name) implements Part {}

    /// A position in a list, from its end where negative.
    record Position(int index) implements Part {}

    /// Every item of a list or entry of an object.
    record Every() implements Part {}

    /// Goes on only where the value at `path` is (or, negated, is not) the literal.
    record Where(FieldPath path, JsonNode literal, boolean negated) implements Part {}

    /// A place that a path leads to.
    interface Visitor {
        /// @param container the object or list that holds the field
        /// @param name its name, or its position written in digits
        /// @param counterpart the same place in the other document; missing where it has none
        void visit(JsonNode container, String name, JsonNode counterpart);
    }

    static FieldPath ofPointer(String pointer) {
        List<Part> parts = new ArrayList<>();
        Pointers.parts(pointer).forEach(name -> parts.add(new Name(name)));
        return new FieldPath(parts);
    }

    /// Visits every place in `document` that the path leads to. `other` is walked along: list items are found again by
    /// the keys of their type, then by `name`, then by position.
    void walk(JsonNode document, JsonNode other, Schema schema, Visitor visitor) {
        walk(0, document, other, schema, visitor);
    }

    private void walk(int at, JsonNode node, JsonNode other, Schema schema, Visitor visitor) {
        switch (parts.get(at)) {
            case Name(String name) -> {
                if (node.isObject() && node.has(name)) {
                    enter(at, node, name, node.path(name), other.path(name), schema.field(name), visitor);
                } else if (node.isArray() && name.matches("[0-9]{1,9}")) {
                    int index = Integer.parseInt(name);
                    enterItem(at, node, index, other, schema, visitor);
                }
            }
            case Position(int index) ->
                enterItem(at, node, index < 0 ? node.size() + index : index, other, schema, visitor);
            case Every() -> {
                if (node.isObject()) {
                    for (String name : names(node)) {
                        enter(at, node, name, node.path(name), other.path(name), schema.field(name), visitor);
                    }
                } else {
                    for (int i = 0; i < node.size(); i++) {
                        enterItem(at, node, i, other, schema, visitor);
                    }
                }
            }
            case Where _ -> throw new IllegalStateException("a condition follows the values it chooses from");
        }
    }

    private void enterItem(int at, JsonNode list, int index, JsonNode other, Schema schema, Visitor visitor) {
        if (list.isArray() && index >= 0 && index < list.size()) {
            JsonNode item = list.path(index);
            JsonNode counterpart = counterpart(item, index, other, schema);
            enter(at, list, Integer.toString(index), item, counterpart, schema.item(), visitor);
        }
    }

    private void enter(
            int at, JsonNode container, String name, JsonNode value, JsonNode other, Schema schema, Visitor visitor) {
        int next = at + 1;
        while (next < parts.size() && parts.get(next) instanceof Where(FieldPath path, JsonNode literal, boolean not)) {
            if (Typed.sameLeaf(Schema.DEDUCED, path.read(value), literal) == not) {
                return;
            }
            next++;
        }
        if (next == parts.size()) {
            visitor.visit(container, name, other);
        } else {
            walk(next, value, other, schema, visitor);
        }
    }

    /// The value at a path of names and positions; null as jq has it where there is none.
    private JsonNode read(JsonNode from) {
        JsonNode at = from;
        for (Part part : parts) {
            at = switch (part) {
                case Name(String name) -> at.path(name);
                case Position(int index) -> at.path(index < 0 ? at.size() + index : index);
                case Every _, Where _ -> throw new IllegalStateException("a condition compares one value");
            };
        }
        return at.isMissingNode() ? com.fasterxml.jackson.databind.node.NullNode.getInstance() : at;
    }

    private static JsonNode counterpart(JsonNode item, int index, JsonNode other, Schema schema) {
        if (schema.resolved() instanceof Schema.Items items && items.kind() != Schema.ListKind.ATOMIC) {
            @Nullable PathStep step = step(items, item);
            JsonNode found = step == null ? null : Typed.items(items, other).get(step);
            return found == null ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : found;
        }
        if (item.has("name")) {
            for (JsonNode candidate : other) {
                if (item.path("name").equals(candidate.path("name"))) {
                    return candidate;
                }
            }
        }
        return other.path(index);
    }

    private static @Nullable PathStep step(Schema.Items items, JsonNode item) {
        JsonNode single = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .arrayNode()
                .add(item);
        return Typed.items(items, single).keySet().stream().findFirst().orElse(null);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
