package io.driftless.sandbox.custom.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// A list of an object whose order does not count: a set, or one whose items are told apart by
/// keys.
final class MergedList extends AbstractList<Object> implements RandomAccess {
    private final List<Object> items;
    private final Type type;

    MergedList(List<Object> items, Type type) {
        this.items = items;
        this.type = type;
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }

    /// What tells an item apart from the others.
    private Object key(Object item) {
        if (type.merged() == Type.Merged.BY_KEYS && item instanceof Part(var node, Type _)) {
            List<@Nullable JsonNode> key = new ArrayList<>();
            type.keys().forEach(name -> key.add(node.get(name)));
            return key;
        }
        // What is no single value is in no set; it is not looked into, for it may be large.
        return Values.isSingle(item) ? item : new Object();
    }

    private Map<Object, Object> byKey() {
        Map<Object, Object> out = new LinkedHashMap<>();
        items.forEach(item -> out.put(key(item), item));
        return out;
    }

    /// Whether another list of as many items has the same ones.
    boolean same(List<?> other, Steps steps) {
        steps.items(other.size());
        Map<Object, Object> mine = byKey();
        for (Object item : other) {
            Object own = mine.get(key(item));
            if (own == null || !Values.same(own, item, steps)) {
                return false;
            }
        }
        return true;
    }

    /// Its items with those of another list: in its place where there was one of the same key, or
    /// behind them.
    List<Object> plus(List<?> other) {
        Map<Object, Object> out = byKey();
        boolean keyed = type.merged() == Type.Merged.BY_KEYS;
        for (Object item : other) {
            if (keyed || !out.containsKey(key(item))) {
                out.put(key(item), item);
            }
        }
        return new MergedList(new ArrayList<>(out.values()), type);
    }
}
