package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which pods an object chooses by labels, and which objects are to be looked at when a pod changes.
final class PodIndex {
    private final Store store;
    private final LabelIndex pods = new LabelIndex();
    private final LabelIndex selectors = new LabelIndex();
    /// Who may choose any pod of its namespace.
    private final Set<Key> broad = ConcurrentHashMap.newKeySet();

    PodIndex(Store store) {
        this.store = store;
    }

    /// A pod changed, under the store's lock: whoever chooses it, or did, is to be looked at.
    void podChanged(Event event, Consumer<Key> enqueue) {
        JsonNode labels = labels(event.object());
        boolean gone = event.change() == Store.Change.DELETED;
        pods.put(event.key(), gone ? null : labels);
        selectors.any(event.key().namespace(), labels).forEach(enqueue);
        broad.stream()
                .filter(key -> key.namespace().equals(event.key().namespace()))
                .forEach(enqueue);
        Stored before = event.before();
        if (!gone && before != null) {
            JsonNode were = labels(before);
            if (!were.equals(labels)) {
                selectors.any(event.key().namespace(), were).forEach(enqueue);
            }
        }
    }

    private static JsonNode labels(Stored object) {
        return object.tree().path("metadata").path("labels");
    }

    /// An object chooses by these labels from now on; null for none.
    void chooses(Key key, @Nullable JsonNode selector) {
        selectors.put(key, selector);
        broad.remove(key);
    }

    /// The same by a whole selector; missing for one that meets nothing.
    void choosesBy(Key key, JsonNode selector) {
        JsonNode labels = selector.path("matchLabels");
        chooses(key, labels.isEmpty() ? null : labels);
        if (labels.isEmpty() && selector.isObject()) {
            broad.add(key);
        }
    }

    /// The pods that a whole selector meets.
    List<Stored> chosenBy(String namespace, JsonNode selector) {
        JsonNode labels = selector.path("matchLabels");
        List<Stored> some = labels.isEmpty() ? store.list("pods", namespace) : chosen(namespace, labels);
        return some.stream()
                .filter(pod -> LabelSelector.meets(selector, labels(pod)))
                .toList();
    }

    /// The pods that have all of these labels, in the order of their names.
    List<Stored> chosen(String namespace, JsonNode selector) {
        return pods.rarest(namespace, selector).stream()
                .map(store::get)
                .filter(pod -> pod != null && has(selector, pod))
                .map(Objects::requireNonNull)
                .sorted(Comparator.comparing(Stored::key))
                .toList();
    }

    private static boolean has(JsonNode selector, Stored pod) {
        JsonNode labels = labels(pod);
        for (Map.Entry<String, JsonNode> entry : selector.properties()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
