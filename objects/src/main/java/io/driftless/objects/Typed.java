package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Operations on a value whose [Schema] is known: merge, compare, the fields it has, removal of fields.
/// The rules are those of server-side apply. Values given in are not changed.
public final class Typed {
    private Typed() {}

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

    /// The items of a merged list by the step that names them, in their order. Items that lack every key
    /// are left out, of items named alike the last stays.
    public static Map<PathStep, JsonNode> items(Schema schema, JsonNode list) {
        Map<PathStep, JsonNode> out = new LinkedHashMap<>();
        if (schema.resolved() instanceof Schema.Items items) {
            for (JsonNode item : list) {
                PathStep step = step(items, item);
                if (step != null) {
                    out.put(step, item);
                }
            }
        }
        return out;
    }

    /// The items that several of a merged list are named alike by. Such items have one owner, for all that is in them.
    ///
    /// @param known those of the list by their steps
    static Map<PathStep, List<JsonNode>> repeated(Schema schema, JsonNode list, Map<PathStep, JsonNode> known) {
        if (known.size() == list.size() || !(schema.resolved() instanceof Schema.Items items)) {
            return Map.of();
        }
        Map<PathStep, List<JsonNode>> out = new LinkedHashMap<>();
        for (JsonNode item : list) {
            PathStep step = step(items, item);
            if (step != null) {
                out.computeIfAbsent(step, _ -> new ArrayList<>()).add(item);
            }
        }
        out.values().removeIf(alike -> alike.size() == 1);
        return out;
    }

    private static @Nullable PathStep step(Schema.Items items, JsonNode item) {
        if (items.kind() == Schema.ListKind.SET) {
            return new PathStep.Value(Digests.canonical(item));
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
        return keys.isEmpty() ? null : new PathStep.Key(Digests.canonical(keys));
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
                FieldSet.Builder below = out.at(new PathStep.Field(entry.getKey()));
                JsonNode child = entry.getValue();
                fields(schema.field(entry.getKey()).resolved(), child, below);
                boolean emptyObject = child.isObject() && child.isEmpty();
                if (child.isNull() || emptyObject || !(schema instanceof Schema.Struct)) {
                    below.add();
                }
            }
        } else if (value.isArray() && schema.associative()) {
            Schema item = schema.item().resolved();
            Map<PathStep, JsonNode> items = items(schema, value);
            Set<PathStep> repeated = repeated(schema, value, items).keySet();
            items.forEach((step, child) -> {
                FieldSet.Builder below = out.at(step);
                if (!repeated.contains(step)) {
                    fields(item, child, below);
                }
                below.add();
            });
        } else {
            out.add();
        }
    }

    /// What changes from `left` to `right`, each missing where null.
    public static Changes compare(Schema schema, @Nullable JsonNode left, @Nullable JsonNode right) {
        return Changes.between(schema, left, right);
    }

    /// Lays `right` over `left`: leaves of `right` win, objects and merged lists are joined, the order of
    /// `right` comes first. Where nothing changes `left` itself is the outcome, so that a look at identity tells.
    public static JsonNode merge(Schema schema, @Nullable JsonNode left, JsonNode right) {
        Schema type = schema.resolved();
        if (left == null || left.isNull() || right.isNull()) {
            return right;
        }
        if (left.isObject() && right.isObject() && !type.atomicObject()) {
            return mergeFields(type, left, right);
        }
        if (left.isArray() && right.isArray() && type.associative()) {
            ArrayNode out = mergeItems(type, items(type, left), items(type, right));
            return sameItems(left, out) ? left : out;
        }
        return left.equals(right) ? left : right;
    }

    private static JsonNode mergeFields(Schema type, JsonNode left, JsonNode right) {
        ObjectNode out = null;
        for (Map.Entry<String, JsonNode> entry : right.properties()) {
            JsonNode mine = left.get(entry.getKey());
            JsonNode merged = merge(type.field(entry.getKey()), mine, entry.getValue());
            if (merged != mine) {
                if (out == null) {
                    out = JsonNodeFactory.instance.objectNode();
                    for (Map.Entry<String, JsonNode> kept : left.properties()) {
                        out.set(kept.getKey(), kept.getValue());
                    }
                }
                out.set(entry.getKey(), merged);
            }
        }
        return out == null ? left : out;
    }

    private static boolean sameItems(JsonNode left, ArrayNode right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i) != right.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static ArrayNode mergeItems(Schema type, Map<PathStep, JsonNode> left, Map<PathStep, JsonNode> right) {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        var pending = new ArrayDeque<>(right.keySet());
        for (Map.Entry<PathStep, JsonNode> entry : left.entrySet()) {
            if (!right.containsKey(entry.getKey())) {
                out.add(entry.getValue());
                continue;
            }
            // Items of the right side that come before this one keep their place before it.
            while (pending.contains(entry.getKey())) {
                PathStep step = pending.removeFirst();
                JsonNode theirs = Objects.requireNonNull(right.get(step));
                out.add(merge(type.item(), left.get(step), theirs));
            }
        }
        pending.forEach(step -> out.add(merge(type.item(), left.get(step), Objects.requireNonNull(right.get(step)))));
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
