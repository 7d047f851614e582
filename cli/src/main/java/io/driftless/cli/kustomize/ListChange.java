package io.driftless.cli.kustomize;

import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.YamlText;
import java.util.ArrayList;
import java.util.List;

/// Turns a list of a text into another one by changing what differs and nothing else.
///
/// @param field the list's field at the top
record ListChange(YamlSource source, String field, Node old, Node now) {

    void apply() {
        list(List.of(), field, old, now);
    }

    private void list(List<Object> parent, String key, Node before, Node after) {
        if (after.size() == 0) {
            if (before.size() > 0) {
                source.remove(parent, key);
            }
            return;
        }
        List<Object> path = with(parent, key);
        List<Node> left = new ArrayList<>(before.items());
        if (before.size() != after.size()) {
            for (int i = left.size() - 1; i >= 0; i--) {
                Node item = left.get(i);
                if (left.size() > 1 && after.items().stream().noneMatch(one -> follows(item, one))) {
                    source.removeItem(path, i);
                    left.remove(i);
                }
            }
        }
        if (left.isEmpty()) {
            source.put(parent, key, after);
            return;
        }
        for (int i = 0; i < after.size(); i++) {
            if (i >= left.size()) {
                source.insert(path, i, after.item(i));
            } else {
                item(path, i, left.get(i), after.item(i));
            }
        }
    }

    private void item(List<Object> path, int at, Node before, Node after) {
        if (before.isMap() && after.isMap()) {
            map(with(path, at), before, after);
        } else if (!same(before, after)) {
            source.insert(path, at, after);
            source.removeItem(path, at + 1);
        }
    }

    private void map(List<Object> path, Node before, Node after) {
        for (String key : before.keys()) {
            if (!after.has(key)) {
                source.remove(path, key);
            }
        }
        for (int i = 0; i < after.size(); i++) {
            Node was = before.get(after.key(i));
            Node is = after.item(i);
            if (was != null && was.isList() && is.isList()) {
                if (!same(was, is)) {
                    list(path, after.key(i), was, is);
                }
            } else if (was == null || !same(was, is)) {
                source.put(path, after.key(i), is);
            }
        }
    }

    /// Whether an item is another one after a change.
    private static boolean follows(Node before, Node after) {
        return before.isMap() && after.isMap()
                ? ListVerb.text(before, "name").equals(ListVerb.text(after, "name"))
                        && ListVerb.text(before, "namespace").equals(ListVerb.text(after, "namespace"))
                : same(before, after);
    }

    private static boolean same(Node one, Node other) {
        return YamlText.print(one).equals(YamlText.print(other));
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
