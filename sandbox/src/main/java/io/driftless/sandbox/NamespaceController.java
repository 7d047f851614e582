package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.TreeMap;

/// Namespaces: what each one has from the start, and the emptying of those that are deleted.
final class NamespaceController implements Controller {
    /// In place of the certificates that the cluster is known by.
    static final String ROOT = "the sandbox has no certificates\n";
    private final Store store;
    private final ResourceRegistry registry;
    private final ControllerWrites writes;

    NamespaceController(Store store, ResourceRegistry registry, ControllerWrites writes) {
        this.store = store;
        this.registry = registry;
        this.writes = writes;
    }

    @Override
    public void reconcile(Stored object) {
        String name = object.key().name();
        if (store.get(new Key("serviceaccounts", name, "default")) == null) {
            writes.create("serviceaccounts", name, named("default"));
        }
        if (store.get(new Key("configmaps", name, "kube-root-ca.crt")) == null) {
            ObjectNode map = named("kube-root-ca.crt");
            Json.meta(map)
                    .putObject("annotations")
                    .put(
                            "kubernetes.io/description",
                            "What clients of this cluster's API server trust; the sandbox speaks plain HTTP.");
            map.putObject("data").put("ca.crt", ROOT);
            writes.create("configmaps", name, map);
        }
    }

    /// Whether every namespace has this.
    static boolean belongsToEach(Key key) {
        return key.type().equals("serviceaccounts") && key.name().equals("default")
                || key.type().equals("configmaps") && key.name().equals("kube-root-ca.crt");
    }

    private static ObjectNode named(String name) {
        ObjectNode out = Json.object();
        out.putObject("metadata").put("name", name);
        return out;
    }

    @Override
    public void leaving(Stored object) {
        String name = object.key().name();
        TreeMap<String, Integer> left = new TreeMap<>();
        TreeMap<String, Integer> finalizers = new TreeMap<>();
        for (ResourceType type : registry.all()) {
            if (!type.namespaced() || !type.version().equals(type.storageVersion())) {
                continue;
            }
            for (Stored one : store.list(type.id(), name)) {
                if (!one.terminating()) {
                    writes.delete(one.key());
                }
            }
            for (Stored one : store.list(type.id(), name)) {
                left.merge(type.group().isEmpty() ? type.plural() + "." : type.id(), 1, Integer::sum);
                one.tree()
                        .path("metadata")
                        .path("finalizers")
                        .forEach(f -> finalizers.merge(f.asText(), 1, Integer::sum));
            }
        }
        if (!left.isEmpty()) {
            report(object, left, finalizers);
        } else if (object.tree().path("metadata").path("finalizers").isEmpty() && !held(object)) {
            writes.gone(object);
        }
    }

    /// Whether somebody beside the cluster itself has to let it go.
    private static boolean held(Stored object) {
        for (JsonNode finalizer : object.tree().path("spec").path("finalizers")) {
            if (!finalizer.asText().equals("kubernetes")) {
                return true;
            }
        }
        return false;
    }

    private void report(Stored object, TreeMap<String, Integer> left, TreeMap<String, Integer> finalizers) {
        writes.status(object.key(), next -> {
            ObjectNode status = Json.child(next, "status");
            set(status, "DiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered");
            set(
                    status,
                    "GroupVersionParsingFailure",
                    false,
                    "ParsedGroupVersions",
                    "All legacy kube types successfully parsed");
            set(
                    status,
                    "ContentFailure",
                    false,
                    "ContentDeleted",
                    "All content successfully deleted, may be waiting on finalization");
            Conditions.set(
                    status,
                    condition(
                            "NamespaceContentRemaining",
                            true,
                            "SomeResourcesRemain",
                            "Some resources are remaining: " + list(left, " has %d resource instances")));
            boolean held = !finalizers.isEmpty();
            Conditions.set(
                    status,
                    condition(
                            "NamespaceFinalizersRemaining",
                            held,
                            held ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
                            held
                                    ? "Some content in the namespace has finalizers remaining: "
                                            + list(finalizers, " in %d resource instances")
                                    : "All content-preserving finalizers finished"));
        });
    }

    private static void set(ObjectNode status, String type, boolean is, String reason, String message) {
        Conditions.set(status, condition("NamespaceDeletion" + type, is, reason, message));
    }

    private static ObjectNode condition(String type, boolean is, String reason, String message) {
        ObjectNode out = Conditions.of(type, is ? "True" : "False", reason, message);
        out.remove("lastUpdateTime");
        return out;
    }

    private static String list(TreeMap<String, Integer> counts, String format) {
        StringBuilder out = new StringBuilder();
        counts.forEach((what, count) ->
                out.append(out.isEmpty() ? "" : ", ").append(what).append(format.formatted(count)));
        return out.toString();
    }
}
