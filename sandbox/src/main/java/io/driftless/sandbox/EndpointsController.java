package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.Store.Key;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Services with a selector: their Endpoints and one EndpointSlice, from the pods that the selector chooses.
final class EndpointsController implements Controller {
    private static final String SLICES = "endpointslices.discovery.k8s.io";
    private final Store store;
    private final ControllerWrites writes;
    private final LabelIndex pods = new LabelIndex();
    private final LabelIndex selectors = new LabelIndex();

    EndpointsController(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    /// A pod changed, under the store's lock: its services are to be looked at.
    void podChanged(Event event, Consumer<Key> enqueue) {
        JsonNode labels = labels(event.object());
        boolean gone = event.change() == Store.Change.DELETED;
        pods.put(event.key(), gone ? null : labels);
        selectors.any(event.key().namespace(), labels).forEach(enqueue);
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

    @Override
    public void reconcile(Stored service) {
        JsonNode spec = service.tree().path("spec");
        JsonNode selector = spec.path("selector");
        if (selector.isEmpty() || spec.path("type").asText().equals("ExternalName")) {
            selectors.put(service.key(), null);
            return;
        }
        selectors.put(service.key(), selector);
        List<Stored> chosen = chosen(service.key().namespace(), selector);
        endpoints(service, EndpointObjects.endpoints(service.tree(), chosen));
        slice(service, EndpointObjects.slice(service.tree(), chosen));
    }

    private List<Stored> chosen(String namespace, JsonNode selector) {
        return pods.rarest(namespace, selector).stream()
                .map(store::get)
                .filter(pod -> pod != null && chooses(selector, pod) && EndpointObjects.addressed(pod))
                .map(java.util.Objects::requireNonNull)
                .sorted(java.util.Comparator.comparing(Stored::key))
                .toList();
    }

    private static boolean chooses(JsonNode selector, Stored pod) {
        JsonNode labels = labels(pod);
        for (Map.Entry<String, JsonNode> entry : selector.properties()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private void endpoints(Stored service, ObjectNode wanted) {
        Key key = new Key("endpoints", service.key().namespace(), service.key().name());
        Stored present = store.get(key);
        if (present == null) {
            Json.meta(wanted).put("name", key.name());
            writes.create("endpoints", key.namespace(), wanted);
        } else if (differs(present, wanted, "subsets")) {
            writes.main(key, next -> take(next, wanted, "subsets"));
        }
    }

    private void slice(Stored service, ObjectNode wanted) {
        Stored present = mine(service);
        if (present == null) {
            Json.meta(wanted).put("generateName", service.key().name() + "-");
            ControllerWrites.owner(wanted, service.tree());
            writes.create(SLICES, service.key().namespace(), wanted);
        } else if (differs(present, wanted, "endpoints") || differs(present, wanted, "ports")) {
            writes.main(present.key(), next -> {
                take(next, wanted, "endpoints");
                take(next, wanted, "ports");
            });
        }
    }

    private @Nullable Stored mine(Stored service) {
        return writes.controlled(service.uid(), SLICES).stream().findFirst().orElse(null);
    }

    private static boolean differs(Stored present, ObjectNode wanted, String field) {
        return !present.tree().path(field).equals(wanted.path(field))
                || !labels(present).equals(wanted.path("metadata").path("labels"));
    }

    private static void take(ObjectNode next, ObjectNode wanted, String field) {
        Settlement.copy(wanted, next, field);
        Json.meta(next).set("labels", wanted.path("metadata").path("labels"));
        Json.child(Json.meta(next), "annotations")
                .setAll((ObjectNode) wanted.path("metadata").path("annotations"));
    }

    @Override
    public void gone(Key service) {
        selectors.put(service, null);
        Key key = new Key("endpoints", service.namespace(), service.name());
        if (store.get(key) != null) {
            writes.delete(key);
        }
    }
}
