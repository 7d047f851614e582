package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;

/// Namespaces, definitions, load balancers, claims: controllers of a few lines.
final class SimpleControllers {
    private final Store store;
    private final ResourceRegistry registry;
    private final ControllerWrites writes;

    SimpleControllers(Store store, ResourceRegistry registry, ControllerWrites writes) {
        this.store = store;
        this.registry = registry;
        this.writes = writes;
    }

    void reconcile(Key key, ObjectNode object) {
        switch (key.type()) {
            case "services" -> loadBalancer(key, object);
            case "persistentvolumeclaims" -> claim(key, object);
            case "customresourcedefinitions.apiextensions.k8s.io" -> definition(key, object);
            default -> {}
        }
    }

    void namespace(Stored object) {
        String name = object.key().name();
        if (!object.terminating()) {
            if (store.get(new Key("serviceaccounts", name, "default")) == null) {
                writes.create("serviceaccounts", name, named("default"));
            }
            if (store.get(new Key("configmaps", name, "kube-root-ca.crt")) == null) {
                ObjectNode map = named("kube-root-ca.crt");
                map.putObject("data").put("ca.crt", "the sandbox has no certificates\n");
                writes.create("configmaps", name, map);
            }
            return;
        }
        boolean left = false;
        for (ResourceType type : registry.all()) {
            if (!type.namespaced() || !type.version().equals(type.storageVersion())) {
                continue;
            }
            for (Stored one : store.list(type.id(), name)) {
                if (!one.terminating()) {
                    writes.delete(one.key());
                }
            }
            left |= !store.list(type.id(), name).isEmpty();
        }
        if (!left && object.tree().path("metadata").path("finalizers").isEmpty()) {
            writes.gone(object);
        }
    }

    private static ObjectNode named(String name) {
        ObjectNode out = Json.object();
        out.putObject("metadata").put("name", name);
        return out;
    }

    private void loadBalancer(Key key, ObjectNode object) {
        boolean wanted = object.path("spec").path("type").asText().equals("LoadBalancer");
        if (wanted && object.path("status").path("loadBalancer").path("ingress").isEmpty()) {
            writes.status(
                    key,
                    next -> Json.child(Json.child(next, "status"), "loadBalancer")
                            .putArray("ingress")
                            .addObject()
                            .put("ip", Addresses.of(Json.uid(object), "172.18"))
                            .put("ipMode", "VIP"));
        }
    }

    private void claim(Key key, ObjectNode object) {
        if (object.path("status").path("phase").asText().equals("Bound")) {
            return;
        }
        writes.main(key, next -> Defaults.absent(Json.child(next, "spec"), "volumeName", "pvc-" + Json.uid(object)));
        writes.status(key, next -> {
            ObjectNode status = Json.child(next, "status").put("phase", "Bound");
            status.set("accessModes", object.path("spec").path("accessModes"));
            status.set("capacity", object.path("spec").path("resources").path("requests"));
        });
    }

    private void definition(Key key, ObjectNode object) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Established")) {
                return;
            }
        }
        writes.status(key, next -> {
            ObjectNode status = Json.child(next, "status");
            status.putArray("conditions")
                    .add(Workloads.condition("NamesAccepted", "True", "NoConflicts", "no conflicts found"))
                    .add(Workloads.condition(
                            "Established", "True", "InitialNamesAccepted", "the initial names have been accepted"));
            status.set("acceptedNames", object.path("spec").path("names"));
            var stored = status.putArray("storedVersions");
            object.path("spec").path("versions").forEach(v -> {
                if (v.path("storage").asBoolean()) {
                    stored.add(v.path("name").asText());
                }
            });
        });
    }
}
