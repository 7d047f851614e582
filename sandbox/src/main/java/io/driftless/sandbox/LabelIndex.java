package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.Store.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds objects by namespace and one pair of labels, so that a service need not look at all pods, nor a pod at all
/// services.
final class LabelIndex {
    private final Map<String, Set<Key>> byPair = new HashMap<>();
    private final Map<Key, List<String>> pairs = new HashMap<>();

    private static String pair(String namespace, String name, String value) {
        return namespace + "/" + name + "=" + value;
    }

    private static List<String> pairs(String namespace, JsonNode labels) {
        List<String> out = new ArrayList<>();
        labels.properties()
                .forEach(e -> out.add(
                        pair(namespace, e.getKey(), e.getValue().asText()).intern()));
        return out;
    }

    /// Puts an object under all its labels, in place of those it had; null takes it out.
    synchronized void put(Key key, @Nullable JsonNode labels) {
        List<String> next = labels == null ? List.of() : pairs(key.namespace(), labels);
        List<String> before = next.isEmpty() ? pairs.remove(key) : pairs.put(key, next);
        if (before != null && !before.equals(next)) {
            for (String pair : before) {
                Set<Key> set = byPair.get(pair);
                if (set != null && set.remove(key) && set.isEmpty()) {
                    byPair.remove(pair);
                }
            }
        }
        if (!next.equals(before)) {
            next.forEach(
                    p -> byPair.computeIfAbsent(p, _ -> new LinkedHashSet<>(2)).add(key));
        }
    }

    /// Objects that have at least one of these labels, those with the rarest of them.
    synchronized List<Key> rarest(String namespace, JsonNode labels) {
        Set<Key> best = null;
        for (String pair : pairs(namespace, labels)) {
            Set<Key> found = byPair.getOrDefault(pair, Set.of());
            if (best == null || found.size() < best.size()) {
                best = found;
            }
        }
        return best == null ? List.of() : new ArrayList<>(best);
    }

    /// Objects that have any of these labels.
    synchronized Set<Key> any(String namespace, JsonNode labels) {
        Set<Key> out = new LinkedHashSet<>();
        pairs(namespace, labels).forEach(p -> out.addAll(byPair.getOrDefault(p, Set.of())));
        return out;
    }
}
