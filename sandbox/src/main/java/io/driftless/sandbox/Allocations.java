package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/// What the server gives a new object after it has looked at who owns what: addresses of services, selectors of jobs,
/// the protection of claims. Nobody owns it.
final class Allocations {
    private static final Set<String> TYPES = Set.of(
            "services",
            "namespaces",
            "jobs.batch",
            "persistentvolumeclaims",
            "persistentvolumes",
            "roles.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "endpointslices.discovery.k8s.io");
    private static final String LEASES = "leases.coordination.k8s.io";
    private static final Set<String> CHANGED = Set.of("services", "namespaces", LEASES);
    /// Lists that are shown as null where they hold nothing.
    private static final List<String> NULLS = List.of("rules", "endpoints", "ports");

    private Allocations() {}

    /// What is to be kept of an object before it is completed, for [#without].
    static ObjectNode asGiven(ResourceType type, ObjectNode object) {
        if (!TYPES.contains(type.id())) {
            return object;
        }
        ObjectNode given = object.deepCopy();
        if (type.id().equals("services")
                && given.path("spec") instanceof ObjectNode spec
                && spec.path("clusterIP").asText().isEmpty()) {
            spec.remove("clusterIP");
        }
        return given;
    }

    /// Whether updates of such objects come out otherwise than they were asked for.
    static boolean changes(ResourceType type) {
        return CHANGED.contains(type.id());
    }

    /// The next version of such an object as it is held against the last one to see who changed what: without what
    /// nobody
    /// asked for, and with what was asked for and is lost with another type.
    static ObjectNode asAsked(ResourceType type, ObjectNode sent, ObjectNode next) {
        ObjectNode out = next.deepCopy();
        if (type.id().equals("namespaces")) {
            same("spec", sent, out);
            Json.child(out, "spec");
            return out;
        }
        ObjectNode spec = Json.child(out, "spec");
        if (type.id().equals(LEASES)) {
            same("strategy", sent.path("spec"), spec);
            same("preferredHolder", sent.path("spec"), spec);
            return out;
        }
        service(sent.path("spec"), spec);
        for (String field : List.of("externalTrafficPolicy", "allocateLoadBalancerNodePorts")) {
            if (sent.path("spec").has(field)) {
                same(field, sent.path("spec"), spec);
            }
        }
        return out;
    }

    /// The completed object without what was allocated; with the defaults of its schema where it is of a defined kind.
    static ObjectNode without(ResourceType type, ObjectNode given, ObjectNode object) {
        if (type.defined() != null) {
            ObjectNode completed = object.deepCopy();
            type.defined().complete(completed);
            return completed;
        }
        if (!TYPES.contains(type.id())) {
            return object;
        }
        ObjectNode out = object.deepCopy();
        switch (type.id()) {
            case "services" -> service(given.path("spec"), Json.child(out, "spec"));
            case "namespaces" -> {
                same("spec", given, out);
                Json.child(out, "spec");
            }
            case "jobs.batch" -> {
                same("selector", given.path("spec"), Json.child(out, "spec"));
                JsonNode meta = given.path("spec").path("template").path("metadata");
                // The labels of its template are its own where it has none.
                same("labels", given.path("metadata").has("labels") ? given.path("metadata") : meta, Json.meta(out));
                ObjectNode template = Json.child(Json.child(out, "spec"), "template");
                same("labels", meta, Json.child(template, "metadata"));
            }
            case "persistentvolumeclaims" -> {
                same("finalizers", given.path("metadata"), Json.meta(out));
                same("dataSourceRef", given.path("spec"), Json.child(out, "spec"));
            }
            case "roles.rbac.authorization.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "endpointslices.discovery.k8s.io" ->
                NULLS.stream().filter(field -> !given.has(field)).forEach(out::remove);
            default -> same("finalizers", given.path("metadata"), Json.meta(out));
        }
        return out;
    }

    private static void service(JsonNode given, ObjectNode spec) {
        List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort")
                .forEach(field -> same(field, given, spec));
        for (int i = 0; i < spec.path("ports").size(); i++) {
            if (spec.path("ports").get(i) instanceof ObjectNode port) {
                same("nodePort", given.path("ports").path(i), port);
            }
        }
    }

    private static void same(String field, JsonNode given, ObjectNode object) {
        Settlement.copy(given, object, field);
    }
}
