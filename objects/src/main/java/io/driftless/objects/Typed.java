package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Operations on a value whose [Schema] is known: merge, compare, the fields it has, removal of fields. The
/// rules are
/// those of
/// server-side apply. Values given in are not changed.
public final class Typed {
    private Typed() {}

    /// What [#compare] found.
    public record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
        /// Whether nothing differs.
        public boolean same() {
            return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
        }
    }

    /// Whether two leaves mean the same.
    public static boolean sameLeaf(Schema schema, JsonNode left, JsonNode right) {
        if (left.equals(right)) {
            return true;
        }
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) == 0;
        }
        return schema.resolved() instanceof Schema.Scalar(Schema.Format format)
                && format == Schema.Format.QUANTITY
                && Quantities.same(left, right);
    }

    /// The items of a merged list by the step that names them, in their order. Items that lack every key are
    /// left out,
    /// of
    /// items named alike the last stays.
    public static Map<FieldSet.Step, JsonNode> items(Schema schema, JsonNode list) {
        Map<FieldSet.Step, JsonNode> out = new LinkedHashMap<>();
        if (schema.resolved() instanceof Schema.Items items) {
            for (JsonNode item : list) {
                FieldSet.Step step = step(items, item);
                if (step != null) {
                    out.put(step, item);
                }
            }
        }
        return out;
    }

    private static FieldSet.@Nullable Step step(Schema.Items items, JsonNode item) {
        if (items.kind() == Schema.ListKind.SET) {
            return new FieldSet.Value(Digests.canonical(item));
        }
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        for (Schema.Key key : items.keys()) {
            JsonNode value = item.get(key.name());
            if (value == null) {
                value = key.fallback();
            }
            if (value != null) {
                keys.set(key.name(), value);
            }
        }
        return keys.isEmpty() ? null : new FieldSet.Key(Digests.canonical(keys));
    }

    /// The fields that a value sets.
    public static FieldSet fields(Schema schema, JsonNode value) {
        FieldSet.Builder out = new FieldSet.Builder();
        fields(schema.resolved(), value, out);
        return out.build();
    }

    private static void fields(Schema schema, JsonNode value, FieldSet.Builder out) {
        if (value.isObject() && !schema.atomicObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                FieldSet.Builder below = out.at(new FieldSet.Field(entry.getKey()));
                JsonNode child = entry.getValue();
                fields(schema.field(entry.getKey()).resolved(), child, below);
                boolean emptyObject = child.isObject() && child.isEmpty();
                if (child.isNull() || emptyObject || !(schema instanceof Schema.Struct)) {
                    below.add();
                }
            }
        } else if (value.isArray() && schema.associative()) {
            Schema item = schema.item().resolved();
            items(schema, value).forEach((step, child) -> {
                FieldSet.Builder below = out.at(step);
                fields(item, child, below);
                below.add();
            });
        } else {
            out.add();
        }
    }

    /// What changes from `left` to `right`, each missing where null.
    public static Comparison compare(Schema schema, @Nullable JsonNode left, @Nullable JsonNode right) {
        FieldSet.Builder[] out = {new FieldSet.Builder(), new FieldSet.Builder(), new FieldSet.Builder()};
        compare(schema.resolved(), left, right, out);
        return new Comparison(out[0].build(), out[1].build(), out[2].build());
    }

    private static void compare(
            Schema schema, @Nullable JsonNode left, @Nullable JsonNode right, FieldSet.Builder[] out) {
        if (left == right || (left != null && left.equals(right))) {
            return;
        }
        JsonNode shape = right != null && !right.isNull() ? right : left;
        boolean sameShape = left == null
                || right == null
                || left.isNull()
                || right.isNull()
                || left.getNodeType() == right.getNodeType();
        boolean deep = shape != null
                && sameShape
                && ((shape.isObject() && !schema.atomicObject() && !(empty(left) && empty(right)))
                        || (shape.isArray() && schema.associative()));
        if (deep) {
            if (shape != null && shape.isObject()) {
                compareFields(schema, left, right, out);
            } else {
                compareItems(schema, left, right, out);
            }
        }
        if (left == null) {
            out[0].add();
        } else if (right == null) {
            out[2].add();
        } else if (!deep && !sameLeaf(schema, left, right)) {
            out[1].add();
        }
    }

    private static boolean empty(@Nullable JsonNode node) {
        return node == null || node.isNull() || node.isEmpty();
    }

    private static void compareFields(
            Schema schema, @Nullable JsonNode left, @Nullable JsonNode right, FieldSet.Builder[] out) {
        JsonNode l = left == null ? NullNode.getInstance() : left;
        JsonNode r = right == null ? NullNode.getInstance() : right;
        for (Map.Entry<String, JsonNode> entry : l.properties()) {
            JsonNode theirs = r.get(entry.getKey());
            if (entry.getValue() != theirs) {
                compare(
                        schema.field(entry.getKey()).resolved(),
                        entry.getValue(),
                        theirs,
                        below(out, new FieldSet.Field(entry.getKey())));
            }
        }
        for (Map.Entry<String, JsonNode> entry : r.properties()) {
            if (!l.has(entry.getKey())) {
                compare(
                        schema.field(entry.getKey()).resolved(),
                        null,
                        entry.getValue(),
                        below(out, new FieldSet.Field(entry.getKey())));
            }
        }
    }

    private static void compareItems(
            Schema schema, @Nullable JsonNode left, @Nullable JsonNode right, FieldSet.Builder[] out) {
        Schema item = schema.item().resolved();
        Map<FieldSet.Step, JsonNode> l = left == null ? Map.of() : items(schema, left);
        Map<FieldSet.Step, JsonNode> r = right == null ? Map.of() : items(schema, right);
        l.forEach((step, child) -> compare(item, child, r.get(step), below(out, step)));
        r.forEach((step, child) -> {
            if (!l.containsKey(step)) {
                compare(item, null, child, below(out, step));
            }
        });
    }

    private static FieldSet.Builder[] below(FieldSet.Builder[] out, FieldSet.Step step) {
        return new FieldSet.Builder[] {out[0].at(step), out[1].at(step), out[2].at(step)};
    }

    /// Lays `right` over `left`: leaves of `right` win, objects and merged lists are joined, the order of
    /// `right` comes
    /// first.
    public static JsonNode merge(Schema schema, @Nullable JsonNode left, JsonNode right) {
        Schema type = schema.resolved();
        if (left == null || left.isNull() || right.isNull()) {
            return right;
        }
        if (left.isObject() && right.isObject() && !type.atomicObject()) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            left.properties().forEach(e -> out.set(e.getKey(), e.getValue()));
            right.properties()
                    .forEach(e ->
                            out.set(e.getKey(), merge(type.field(e.getKey()), left.get(e.getKey()), e.getValue())));
            return out;
        }
        if (left.isArray() && right.isArray() && type.associative()) {
            return mergeItems(type, items(type, left), items(type, right));
        }
        return right;
    }

    private static JsonNode mergeItems(
            Schema type, Map<FieldSet.Step, JsonNode> left, Map<FieldSet.Step, JsonNode> right) {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        var pending = new java.util.ArrayDeque<>(right.keySet());
        for (Map.Entry<FieldSet.Step, JsonNode> entry : left.entrySet()) {
            if (!right.containsKey(entry.getKey())) {
                out.add(entry.getValue());
                continue;
            }
            // Items of the right side that come before this one keep their place before it.
            while (pending.contains(entry.getKey())) {
                FieldSet.Step step = pending.removeFirst();
                JsonNode theirs = java.util.Objects.requireNonNull(right.get(step));
                out.add(merge(type.item(), left.get(step), theirs));
            }
        }
        pending.forEach(
                step -> out.add(merge(type.item(), left.get(step), java.util.Objects.requireNonNull(right.get(step)))));
        return out;
    }

    /// The value without the fields and items whose path belongs to `set`; null where the value itself does.
    public static @Nullable JsonNode remove(Schema schema, JsonNode value, FieldSet set) {
        if (set.isMember()) {
            return null;
        }
        if (set.children().isEmpty()) {
            return value;
        }
        Schema type = schema.resolved();
        if (value.isObject() && !type.atomicObject()) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(e -> {
                JsonNode left = remove(type.field(e.getKey()), e.getValue(), set.field(e.getKey()));
                if (left != null) {
                    out.set(e.getKey(), left);
                }
            });
            return out;
        }
        if (value.isArray() && type.associative()) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            items(type, value).forEach((step, item) -> {
                JsonNode left = remove(type.item(), item, set.at(step));
                if (left != null) {
                    out.add(left);
                }
            });
            return out;
        }
        return value;
    }
}
