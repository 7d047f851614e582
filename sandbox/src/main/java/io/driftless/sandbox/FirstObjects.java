package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// What every cluster has from the start: its namespaces, the service of the API server, a node, the priorities of the
/// system, what controllers of the API server find there; and what is in `first-objects.json`, as it was on a
/// kube-apiserver: roles and who has them, API services, shares of the server, accounts of controllers.
final class FirstObjects {
    private static final String SERVER = "kube-apiserver";
    private final Store store;
    private final StatusReports reports;
    private final ResourceRegistry registry;
    private final ObjectWriter writer;

    FirstObjects(Store store, ResourceRegistry registry, ObjectWriter writer) {
        this.store = store;
        this.reports = new StatusReports(store);
        this.registry = registry;
        this.writer = writer;
    }

    void create() {
        for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            ObjectNode body = Json.object();
            body.putObject("metadata").put("name", namespace);
            writer.create(registry.builtIn("v1", "namespaces"), "", body, WriteOptions.by(SERVER));
        }
        service();
        node();
        listed();
        authentication();
        priority(
                "system-cluster-critical",
                2_000_000_000,
                "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.");
        priority(
                "system-node-critical",
                2_000_001_000,
                "Used for system critical pods that must not be moved from their current node.");
        List.of("controller-manager", "scheduler", "etcd-0").forEach(this::component);
    }

    /// A part of the cluster that is well, as all are here: they are one process.
    private void component(String name) {
        ObjectNode component = Json.object().put("kind", "ComponentStatus").put("apiVersion", "v1");
        component.putObject("metadata").put("name", name);
        component
                .putArray("conditions")
                .addObject()
                .put("type", "Healthy")
                .put("status", "True")
                .put("message", "ok");
        store.put(
                new Key("componentstatuses", "", name),
                null,
                component,
                null,
                new Author("sandbox", "create", "sandbox"));
    }

    private void service() {
        ObjectNode kubernetes = Json.object();
        kubernetes
                .putObject("metadata")
                .put("name", "kubernetes")
                .putObject("labels")
                .put("component", "apiserver")
                .put("provider", "kubernetes");
        kubernetes
                .putObject("spec")
                .put("clusterIP", "10.96.0.1")
                .put("ipFamilyPolicy", "SingleStack")
                .putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", 443)
                .put("targetPort", 6443);
        writer.create(registry.builtIn("v1", "services"), "default", kubernetes, WriteOptions.by(SERVER));
    }

    private void node() {
        ResourceType nodes = registry.builtIn("v1", "nodes");
        WriteOptions kwok = WriteOptions.by("kwok");
        writer.create(nodes, "", PodStandIn.node(), kwok);
        writer.update(nodes, "", PodStandIn.NODE, "status", kwok, live -> {
            ObjectNode node = live.deepCopy();
            PodStandIn.ready(node);
            return node;
        });
    }

    private void priority(String name, int value, String description) {
        ObjectNode priority = Json.object().put("value", value).put("description", description);
        priority.putObject("metadata").put("name", name);
        writer.create(
                registry.builtIn("scheduling.k8s.io/v1", "priorityclasses"), "", priority, WriteOptions.by(SERVER));
    }

    private void listed() {
        try (InputStream in = FirstObjects.class.getResourceAsStream("first-objects.json")) {
            for (JsonNode object : Json.MAPPER.readTree(in)) {
                ResourceType type = registry.typeOf(object);
                JsonNode conditions = object.path("status").path("conditions");
                Stored made = writer.create(
                                type, Json.namespace(object), (ObjectNode) object, WriteOptions.by(manager(type)))
                        .stored();
                if (!conditions.isEmpty()) {
                    conditions.forEach(one -> ((ObjectNode) one).put("lastTransitionTime", Json.now()));
                    reports.write(
                            type,
                            made.key(),
                            SERVER,
                            next -> Json.child(next, "status").set("conditions", conditions));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read first-objects.json", e);
        }
    }

    private static String manager(ResourceType type) {
        return type.group().startsWith("flowcontrol") ? "api-priority-and-fairness-config-producer-v1" : SERVER;
    }

    /// By what further API servers know who asks.
    private void authentication() {
        data(
                "extension-apiserver-authentication",
                Json.object()
                        .put("client-ca-file", NamespaceController.ROOT)
                        .put("requestheader-allowed-names", "[\"front-proxy-client\"]")
                        .put("requestheader-client-ca-file", NamespaceController.ROOT)
                        .put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")
                        .put("requestheader-group-headers", "[\"X-Remote-Group\"]")
                        .put("requestheader-username-headers", "[\"X-Remote-User\"]"));
        data(
                "kube-apiserver-legacy-service-account-token-tracking",
                Json.object().put("since", Json.now().substring(0, "2026-01-01".length())));
    }

    private void data(String name, ObjectNode data) {
        ObjectNode map = Json.object();
        map.putObject("metadata").put("name", name);
        map.set("data", data);
        writer.create(registry.builtIn("v1", "configmaps"), "kube-system", map, WriteOptions.by(SERVER));
    }
}
