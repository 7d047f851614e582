package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.defaults.Defaults;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
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
    /// Lists that are shown as null where they hold nothing.
    private static final List<String> NULLS = List.of("rules", "endpoints", "ports");

    private Allocations() {}

    /// What is to be kept of an object before it is completed, for [#without].
    static ObjectNode asGiven(ResourceType type, ObjectNode object) {
        boolean odd =
                type.id().equals("statefulsets.apps") && !unavailable(object).isMissingNode();
        if (!TYPES.contains(type.id()) && !odd) {
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

    /// What is to be kept of the next version of an object before it is completed, for [#asAsked]; the same object
    /// where all that it becomes was asked for.
    static ObjectNode asSent(ResourceType type, String subresource, ObjectNode next) {
        if (subresource.equals("status") && type.id().equals("services")) {
            // What it says of the spec is passed over.
            return next;
        }
        return switch (type.id()) {
            case "services", "namespaces", LEASES -> next.deepCopy();
            case "statefulsets.apps" -> unavailable(next).isMissingNode() ? next : next.deepCopy();
            case "daemonsets.apps" -> {
                ObjectNode sent = Json.object();
                sent.set("metadata", next.path("metadata").deepCopy());
                yield sent;
            }
            case "persistentvolumeclaims" ->
                next.path("spec").has("dataSource") || next.path("spec").has("dataSourceRef") ? next.deepCopy() : next;
            case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io" ->
                withEmptyLists(next.path("rules")) ? next.deepCopy() : next;
            default -> next;
        };
    }

    /// The next version of an object as it is held against the last one to see who changed what.
    static ObjectNode asAsked(ResourceType type, ObjectNode sent, ObjectNode next) {
        return switch (type.id()) {
            case "services" -> serviceAsAsked(sent, next);
            case "namespaces" -> {
                ObjectNode out = Json.object().setAll(next);
                same("spec", sent, out);
                Json.child(out, "spec");
                yield out;
            }
            case LEASES -> {
                ObjectNode out = Json.object().setAll(next);
                ObjectNode spec = Json.ownChild(out, "spec");
                same("strategy", sent.path("spec"), spec);
                same("preferredHolder", sent.path("spec"), spec);
                yield out;
            }
            case "daemonsets.apps" -> counted(sent, next);
            case "statefulsets.apps" -> withUnavailable(sent, next.deepCopy());
            case "persistentvolumeclaims" -> {
                ObjectNode out = Json.object().setAll(next);
                sources(sent.path("spec"), Json.ownChild(out, "spec"));
                yield out;
            }
            default -> {
                ObjectNode out = Json.object().setAll(next);
                out.set("rules", sent.path("rules"));
                yield out;
            }
        };
    }

    /// Whether a rule has a list without anything in it, which is left out when it is stored: whoever sends it comes to
    /// own the rules all the same.
    private static boolean withEmptyLists(JsonNode rules) {
        for (JsonNode rule : rules) {
            for (JsonNode list : rule) {
                if (list.isArray() && list.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// How many of a StatefulSet may be missing at once: lost where the server knows no such thing, but owned.
    private static JsonNode unavailable(JsonNode set) {
        return set.path("spec").path("updateStrategy").path("rollingUpdate").path("maxUnavailable");
    }

    private static ObjectNode withUnavailable(JsonNode sent, ObjectNode set) {
        JsonNode strategy = set.path("spec").path("updateStrategy");
        if (!unavailable(sent).isMissingNode() && strategy.get("rollingUpdate") instanceof ObjectNode rolling) {
            rolling.set("maxUnavailable", unavailable(sent));
        }
        return set;
    }

    /// Templates of a DaemonSet are counted after it was seen who changed what: who leaves the count out has set it to
    /// nothing.
    private static ObjectNode counted(ObjectNode sent, ObjectNode next) {
        ObjectNode out = Json.object().setAll(next);
        String count = sent.path("metadata")
                .path("annotations")
                .path(Defaults.TEMPLATE_GENERATION)
                .asText("0");
        Json.ownChild(Json.ownMeta(out), "annotations").put(Defaults.TEMPLATE_GENERATION, count);
        return out;
    }

    /// A service without what nobody asked for, and with what was asked for and is lost with another type.
    private static ObjectNode serviceAsAsked(ObjectNode sent, ObjectNode next) {
        ObjectNode out = next.deepCopy();
        ObjectNode spec = Json.child(out, "spec");
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
        if (type.id().equals("statefulsets.apps") && given != object) {
            return withUnavailable(given, object.deepCopy());
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
                sources(given.path("spec"), Json.child(out, "spec"));
            }
            case "roles.rbac.authorization.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "endpointslices.discovery.k8s.io" ->
                NULLS.stream().filter(field -> !given.has(field)).forEach(out::remove);
            default -> same("finalizers", given.path("metadata"), Json.meta(out));
        }
        return out;
    }

    /// What a claim is filled from belongs to who names it, also where it is lost; what follows from it to nobody.
    private static void sources(JsonNode given, ObjectNode spec) {
        for (String field : List.of("dataSource", "dataSourceRef")) {
            if (given.get(field) instanceof ObjectNode named) {
                ObjectNode source = Json.object().setAll(named);
                if (!source.has("apiGroup")) {
                    source.putNull("apiGroup");
                }
                spec.set(field, source);
            } else {
                spec.remove(field);
            }
        }
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
        Json.copy(given, object, field);
    }
}
