package io.driftless.kustomize.patch;

import io.driftless.kustomize.node.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What tells the items of merged lists apart: for each its values of the merge keys, or its text.
final class ItemNames {
    private ItemNames() {}

    /// The items of both lists, those of the patch first; an empty value where an item lacks a key.
    static List<List<String>> keyValues(Node into, @Nullable Node patch, List<String> keys) {
        LinkedHashSet<List<String>> found = new LinkedHashSet<>();
        for (Node list : sources(into, patch)) {
            for (Node item : list.items()) {
                List<String> values = new ArrayList<>(keys.size());
                for (String key : keys) {
                    Node value = item.isMap() ? item.get(key) : null;
                    values.add(value == null || value.isEmpty() ? "" : value.text());
                }
                found.add(values);
            }
        }
        return new ArrayList<>(found);
    }

    /// The items of both lists, named by their text.
    static List<List<String>> texts(Node into, @Nullable Node patch) {
        LinkedHashSet<List<String>> found = new LinkedHashSet<>();
        for (Node list : sources(into, patch)) {
            for (Node item : list.items()) {
                found.add(List.of(item.text()));
            }
        }
        return new ArrayList<>(found);
    }

    private static List<Node> sources(Node into, @Nullable Node patch) {
        return patch == null || patch.isNull() ? List.of(into) : List.of(patch, into);
    }

    /// Items that agree in one key and do not contradict each other in the rest take missing values from one another.
    static void completeFromEachOther(List<List<String>> items) {
        for (int i = 0; i < items.size(); i++) {
            List<String> mine = items.get(i);
            for (int j = 0; j < items.size(); j++) {
                List<String> both = combined(mine, items.get(j));
                if (both != null) {
                    items.set(i, both);
                    items.set(j, both);
                }
            }
        }
    }

    private static @Nullable List<String> combined(List<String> a, List<String> b) {
        boolean common = false;
        List<String> result = new ArrayList<>(a.size());
        for (int i = 0; i < a.size(); i++) {
            String x = a.get(i);
            String y = b.get(i);
            if (x.equals(y)) {
                common = true;
                result.add(x);
            } else if (!x.isEmpty() && !y.isEmpty()) {
                return null;
            } else {
                result.add(x.isEmpty() ? y : x);
            }
        }
        return common ? result : null;
    }

    /// The keys for which any item has a value; all of them where none has.
    static List<String> usefulKeys(List<List<String>> items, List<String> keys) {
        Set<String> used = used(items, keys);
        return used.isEmpty() ? keys : keys.stream().filter(used::contains).toList();
    }

    /// The values that go with the useful keys.
    static List<String> usefulValues(
            List<String> values, List<String> keys, List<String> useful, List<List<String>> items) {
        Set<String> used = used(items, keys);
        if (used.isEmpty()) {
            return values;
        }
        List<String> result = new ArrayList<>(useful.size());
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isEmpty() || used.contains(keys.get(i))) {
                result.add(values.get(i));
            }
        }
        return result;
    }

    private static Set<String> used(List<List<String>> items, List<String> keys) {
        Set<String> used = new HashSet<>();
        for (List<String> values : items) {
            for (int i = 0; i < values.size(); i++) {
                if (!values.get(i).isEmpty()) {
                    used.add(keys.get(i));
                }
            }
        }
        return used;
    }
}
