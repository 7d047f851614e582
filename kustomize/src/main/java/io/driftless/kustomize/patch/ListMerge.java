package io.driftless.kustomize.patch;

import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Merges lists whose items are told apart by one or more keys, or by their text. Items of the patch come first.
///
/// Lists with two keys match loosely where a patch leaves one out. The rules look arbitrary; they are what
/// real overlays were written against, so they are kept exactly.
final class ListMerge {
    private static final List<String> BY_TEXT = List.of("");

    private final StrategicMerge walker;
    private final MergeSchema schema;

    ListMerge(StrategicMerge walker, MergeSchema schema) {
        this.walker = walker;
        this.schema = schema;
    }

    @Nullable
    Node merge(Node into, @Nullable Node patch) {
        List<String> keys = schema.mergeKeys();
        if (keys.isEmpty()) {
            return merge(into, patch, ItemNames.texts(into, patch), BY_TEXT);
        }
        return merge(into, patch, ItemNames.keyValues(into, patch, keys), keys);
    }

    private @Nullable Node merge(Node into, @Nullable Node patch, List<List<String>> items, List<String> keys) {
        if (keys.size() > 1) {
            ItemNames.completeFromEachOther(items);
        }
        Node merged = Node.list();
        List<String> usedKeys = List.of();
        MergeSchema itemSchema = schema.elements();
        for (List<String> values : items) {
            List<String> itemKeys = ItemNames.usefulKeys(items, keys);
            List<String> itemValues = ItemNames.usefulValues(values, keys, itemKeys, items);
            usedKeys = itemKeys;
            Node item = walker.walk(
                            element(into, itemKeys, itemValues), element(patch, itemKeys, itemValues), itemSchema)
                    .node();
            if (item == null || item.isNull() || (item.isMap() && item.size() == 0)) {
                setElement(into, null, itemKeys, itemValues);
                continue;
            }
            fillKeys(item, itemKeys, itemValues);
            setElement(merged, item, itemKeys, itemValues);
        }
        if (items.isEmpty()) {
            return into.isNull() ? null : into;
        }
        return append(merged, into, usedKeys);
    }

    private static void fillKeys(Node item, List<String> keys, List<String> values) {
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            if (values.get(i).isEmpty() || (item.isMap() && item.has(key))) {
                continue;
            }
            if (key.isEmpty()) {
                Fields.setScalar(item, Node.untyped(values.get(i)));
            } else {
                Fields.set(item, key, Node.untyped(values.get(i)));
            }
        }
    }

    // Finding and setting items

    private static @Nullable Node element(@Nullable Node list, List<String> allKeys, List<String> allValues) {
        if (list == null || !list.isList()) {
            return null;
        }
        List<List<String>> alone = List.of(allValues);
        List<String> keys = ItemNames.usefulKeys(alone, allKeys);
        List<String> values = ItemNames.usefulValues(allValues, allKeys, keys, alone);
        for (Node item : list.items()) {
            if (keys.getFirst().isEmpty()
                    ? item.text().equals(values.getFirst())
                    : item.isMap() && hasAll(item, keys, values)) {
                return item;
            }
        }
        return null;
    }

    private static boolean hasAll(Node item, List<String> keys, List<String> values) {
        for (int i = 0; i < keys.size(); i++) {
            Node value = item.get(keys.get(i));
            if (value == null || !value.text().equals(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Puts `element` in the place of all items that have these values; at the end when there is none. Null removes
    /// them. Empty items go away on the way.
    static void setElement(Node list, @Nullable Node element, List<String> keys, List<String> values) {
        list.expect(Kind.LIST);
        boolean forMaps = !keys.isEmpty()
                && !keys.getFirst().isEmpty()
                && !values.isEmpty()
                && !values.getFirst().isEmpty();
        List<Node> kept = new ArrayList<>(list.size() + 1);
        boolean found = false;
        for (Node item : list.items()) {
            if (item.isNull() || (item.isMap() && item.size() == 0)) {
                continue;
            }
            if (!item.isMap() && forMaps) {
                kept.add(item);
                continue;
            }
            if (!matches(item, keys, values)) {
                if (!values.isEmpty()) {
                    kept.add(item);
                }
                continue;
            }
            found = true;
            if (element != null) {
                kept.add(element);
            }
        }
        if (element != null && !element.isNull() && !found) {
            kept.add(element);
        }
        list.replaceItems(kept);
    }

    private static boolean matches(Node item, List<String> keys, List<String> values) {
        boolean last = false;
        for (int i = 0; i < keys.size(); i++) {
            if (i < values.size()) {
                last = matches(item, keys.get(i), values.get(i));
            }
            if (!last) {
                return false;
            }
        }
        return last;
    }

    private static boolean matches(Node item, String key, String value) {
        if (key.isEmpty()) {
            item.expect(Kind.SCALAR);
            return item.text().equals(value);
        }
        item.expect(Kind.MAP);
        Node field = item.get(key);
        return field != null && (value.isEmpty() || field.text().equals(value));
    }

    /// Adds the items of the object that the patch did not name.
    private static Node append(Node merged, Node from, List<String> keys) {
        for (Node item : List.copyOf(from.items())) {
            if (keys.getFirst().isEmpty()) {
                setElement(merged, item, BY_TEXT, List.of(item.text()));
                continue;
            }
            List<String> values = new ArrayList<>(keys.size());
            for (String key : keys) {
                Node value = Fields.get(item, key);
                if (value == null) {
                    merged.add(item);
                } else {
                    values.add(value.text());
                }
            }
            if (keys.size() > 1) {
                setElement(merged, null, keys, values);
            }
            setElement(merged, item, keys, values);
        }
        return merged;
    }
}
