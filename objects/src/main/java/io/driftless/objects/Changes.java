package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What changes from one value to another of the same [Schema], as paths: those that are new, those whose value is
/// another, those that are gone.
public record Changes(FieldSet added, FieldSet modified, FieldSet removed) {
    /// What changes from `left` to `right`, each missing where null. Parts that both share are not looked into.
    static Changes between(Schema schema, @Nullable JsonNode left, @Nullable JsonNode right) {
        Spot root = new Spot(null, null);
        compare(schema.resolved(), left, right, root);
        return new Changes(root.built(0), root.built(1), root.built(2));
    }

    /// Whether nothing differs.
    public boolean same() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    /// A place in both values. Sets of fields come into being where something differs, and nowhere else.
    private static final class Spot {
        private final @Nullable Spot parent;
        private final @Nullable PathStep step;
        private final FieldSet.@Nullable Builder[] sets = new FieldSet.@Nullable Builder[3];

        Spot(@Nullable Spot parent, @Nullable PathStep step) {
            this.parent = parent;
            this.step = step;
        }

        FieldSet.Builder set(int which) {
            FieldSet.Builder known = sets[which];
            if (known == null) {
                known = parent == null || step == null
                        ? new FieldSet.Builder()
                        : parent.set(which).at(step);
                sets[which] = known;
            }
            return known;
        }

        FieldSet built(int which) {
            FieldSet.Builder known = sets[which];
            return known == null ? FieldSet.EMPTY : known.build();
        }
    }

    private static void compare(Schema schema, @Nullable JsonNode left, @Nullable JsonNode right, Spot spot) {
        if (left == right) {
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
                compareFields(schema, left, right, spot);
            } else {
                compareItems(schema, left, right, spot);
            }
        }
        if (left == null) {
            spot.set(0).add();
        } else if (right == null) {
            spot.set(2).add();
        } else if (!deep && !Typed.sameLeaf(schema, left, right)) {
            spot.set(1).add();
        }
    }

    private static boolean empty(@Nullable JsonNode node) {
        return node == null || node.isNull() || node.isEmpty();
    }

    private static void compareFields(Schema schema, @Nullable JsonNode left, @Nullable JsonNode right, Spot spot) {
        JsonNode l = left == null ? NullNode.getInstance() : left;
        JsonNode r = right == null ? NullNode.getInstance() : right;
        for (Map.Entry<String, JsonNode> entry : l.properties()) {
            JsonNode theirs = r.get(entry.getKey());
            if (entry.getValue() != theirs) {
                compare(
                        schema.field(entry.getKey()).resolved(),
                        entry.getValue(),
                        theirs,
                        new Spot(spot, new PathStep.Field(entry.getKey())));
            }
        }
        for (Map.Entry<String, JsonNode> entry : r.properties()) {
            if (!l.has(entry.getKey())) {
                compare(
                        schema.field(entry.getKey()).resolved(),
                        null,
                        entry.getValue(),
                        new Spot(spot, new PathStep.Field(entry.getKey())));
            }
        }
    }

    private static void compareItems(Schema schema, @Nullable JsonNode left, @Nullable JsonNode right, Spot spot) {
        Schema item = schema.item().resolved();
        Map<PathStep, JsonNode> l = left == null ? Map.of() : Typed.items(schema, left);
        Map<PathStep, JsonNode> r = right == null ? Map.of() : Typed.items(schema, right);
        Map<PathStep, List<JsonNode>> alike = left == null ? Map.of() : Typed.repeated(schema, left, l);
        Map<PathStep, List<JsonNode>> alikeNow = right == null ? Map.of() : Typed.repeated(schema, right, r);
        l.forEach((step, child) -> {
            if (alike.containsKey(step) || alikeNow.containsKey(step)) {
                List<JsonNode> now =
                        alikeNow.getOrDefault(step, r.containsKey(step) ? List.of(r.get(step)) : List.of());
                if (!now.equals(alike.getOrDefault(step, List.of(child)))) {
                    new Spot(spot, step).set(now.isEmpty() ? 2 : 1).add();
                }
            } else {
                compare(item, child, r.get(step), new Spot(spot, step));
            }
        });
        r.forEach((step, child) -> {
            if (alikeNow.containsKey(step) && !l.containsKey(step)) {
                new Spot(spot, step).set(0).add();
            } else if (!l.containsKey(step)) {
                compare(item, null, child, new Spot(spot, step));
            }
        });
    }
}
