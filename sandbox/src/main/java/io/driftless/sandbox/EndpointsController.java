package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Services with a selector: their Endpoints and one EndpointSlice, from the pods that the selector chooses.
final class EndpointsController implements Controller {
    private static final String SLICES = "endpointslices.discovery.k8s.io";
    private final Store store;
    private final ControllerWrites writes;
    private final PodIndex pods;

    EndpointsController(Store store, PodIndex pods, ControllerWrites writes) {
        this.store = store;
        this.pods = pods;
        this.writes = writes;
    }

    private static JsonNode labels(Stored object) {
        return object.tree().path("metadata").path("labels");
    }

    @Override
    public void reconcile(Stored service) {
        JsonNode spec = service.tree().path("spec");
        JsonNode selector = spec.path("selector");
        if (selector.isEmpty() || spec.path("type").asText().equals("ExternalName")) {
            pods.chooses(service.key(), null);
            return;
        }
        pods.chooses(service.key(), selector);
        List<Stored> chosen = pods.chosen(service.key().namespace(), selector).stream()
                .filter(EndpointObjects::addressed)
                .toList();
        endpoints(service, EndpointObjects.endpoints(service.tree(), chosen));
        slice(service, EndpointObjects.slice(service.tree(), chosen));
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
        Json.copy(wanted, next, field);
        Json.meta(next).set("labels", wanted.path("metadata").path("labels"));
        Json.child(Json.meta(next), "annotations")
                .setAll((ObjectNode) wanted.path("metadata").path("annotations"));
    }

    @Override
    public void gone(Key service) {
        pods.chooses(service, null);
        Key key = new Key("endpoints", service.namespace(), service.name());
        if (store.get(key) != null) {
            writes.delete(key);
        }
    }
}
