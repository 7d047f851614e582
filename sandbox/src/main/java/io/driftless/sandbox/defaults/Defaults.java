package io.driftless.sandbox.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Definitions;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.rules.NamespaceRules;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The defaults that the API server writes into built-in objects; the visible ones.
public final class Defaults {
    /// The annotation that counts the templates of a DaemonSet.
    public static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    /// Whose spec is there where nothing is in it.
    private static final Set<String> WITH_SPEC = Set.of(
            "leases.coordination.k8s.io",
            "networkpolicies.networking.k8s.io",
            "poddisruptionbudgets.policy",
            "resourcequotas");
    private static final Set<String> TEMPLATED = Set.of("apps", "batch");

    private Defaults() {}

    /// Completes an object in place; `before` is its stored state, null when it is created.
    public static void apply(ResourceType type, ObjectNode object, @Nullable JsonNode before) {
        if (WITH_SPEC.contains(type.id())) {
            Json.child(object, "spec");
        }
        ObjectNode spec = object.get("spec") instanceof ObjectNode found ? found : Json.object();
        if (TEMPLATED.contains(type.group())) {
            // What a workload says nothing about is there all the same.
            object.set("spec", spec);
        }
        switch (type.group().isEmpty() ? type.plural() : type.plural() + "." + type.group()) {
            case "deployments.apps" -> {
                absent(spec, "replicas", 1);
                absent(spec, "revisionHistoryLimit", 10);
                absent(spec, "progressDeadlineSeconds", 600);
                ObjectNode strategy = Json.child(spec, "strategy");
                absent(strategy, "type", "RollingUpdate");
                if (strategy.path("type").asText().equals("RollingUpdate")) {
                    ObjectNode rolling = Json.child(strategy, "rollingUpdate");
                    absent(rolling, "maxUnavailable", "25%");
                    absent(rolling, "maxSurge", "25%");
                }
                template(spec);
            }
            case "replicasets.apps" -> {
                absent(spec, "replicas", 1);
                template(spec);
            }
            case "statefulsets.apps" -> {
                absent(spec, "replicas", 1);
                absent(spec, "revisionHistoryLimit", 10);
                absent(spec, "podManagementPolicy", "OrderedReady");
                ObjectNode strategy = Json.child(spec, "updateStrategy");
                if (!strategy.has("type")) {
                    strategy.put("type", "RollingUpdate");
                    Json.child(strategy, "rollingUpdate");
                }
                if (strategy.get("rollingUpdate") instanceof ObjectNode rolling) {
                    if (strategy.path("type").asText().equals("RollingUpdate")) {
                        absent(rolling, "partition", 0);
                    }
                    rolling.remove("maxUnavailable");
                }
                ObjectNode retention = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
                absent(retention, "whenDeleted", "Retain");
                absent(retention, "whenScaled", "Retain");
                template(spec);
            }
            case "daemonsets.apps" -> {
                absent(spec, "revisionHistoryLimit", 10);
                ObjectNode strategy = Json.child(spec, "updateStrategy");
                absent(strategy, "type", "RollingUpdate");
                if (strategy.path("type").asText().equals("RollingUpdate")) {
                    ObjectNode rolling = Json.child(strategy, "rollingUpdate");
                    absent(rolling, "maxUnavailable", 1);
                    absent(rolling, "maxSurge", 0);
                }
                template(spec);
                templateGeneration(object, before);
            }
            case "jobs.batch" -> JobDefaults.apply(object, spec, before);
            case "cronjobs.batch" -> {
                absent(spec, "concurrencyPolicy", "Allow");
                absent(spec, "successfulJobsHistoryLimit", 3);
                absent(spec, "failedJobsHistoryLimit", 1);
                if (!spec.has("suspend")) {
                    spec.put("suspend", false);
                }
                template(Json.child(Json.child(spec, "jobTemplate"), "spec"));
            }
            case "podtemplates" -> template(object);
            case "pods" -> {
                PodDefaults.apply(spec);
                PodDefaults.alone(spec);
            }
            case "services" -> ServiceDefaults.apply(object, spec, before);
            case "secrets" -> secret(object);
            case ResourceType.DEFINITIONS -> Definitions.complete(object, before);
            case "persistentvolumeclaims" -> {
                absent(spec, "volumeMode", "Filesystem");
                ClaimSources.complete(spec);
                if (before == null) {
                    protect(object, "kubernetes.io/pvc-protection");
                    Json.child(object, "status").put("phase", "Pending");
                }
            }
            case "persistentvolumes" -> {
                absent(spec, "volumeMode", "Filesystem");
                absent(spec, "persistentVolumeReclaimPolicy", "Retain");
                if (before == null) {
                    protect(object, "kubernetes.io/pv-protection");
                    Json.child(object, "status").put("phase", "Pending");
                }
            }
            case "ingresses.networking.k8s.io" -> {
                Json.child(Json.child(object, "status"), "loadBalancer");
            }
            case "namespaces" -> {
                ObjectNode labels = Json.child(Json.meta(object), "labels");
                labels.put("kubernetes.io/metadata.name", Json.name(object));
                if (before == null) {
                    spec = Json.child(object, "spec");
                    ArrayNode finalizers =
                            spec.get("finalizers") instanceof ArrayNode given ? given : spec.putArray("finalizers");
                    if (!NamespaceRules.has(finalizers, "kubernetes")) {
                        finalizers.add("kubernetes");
                    }
                    object.putObject("status").put("phase", "Active");
                }
            }
            case "horizontalpodautoscalers.autoscaling" -> absent(spec, "minReplicas", 1);
            case "networkpolicies.networking.k8s.io" -> {
                Json.child(spec, "podSelector");
                if (!spec.has("policyTypes")) {
                    ArrayNode types = spec.putArray("policyTypes").add("Ingress");
                    if (spec.path("egress").size() > 0) {
                        types.add("Egress");
                    }
                }
            }
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" -> {
                ObjectNode role = Json.child(object, "roleRef");
                if (role.path("apiGroup").asText().isEmpty()) {
                    role.put("apiGroup", "rbac.authorization.k8s.io");
                }
                object.path("subjects").forEach(s -> {
                    if (s instanceof ObjectNode subject
                            && List.of("User", "Group")
                                    .contains(subject.path("kind").asText())
                            && subject.path("apiGroup").asText().isEmpty()) {
                        subject.put("apiGroup", "rbac.authorization.k8s.io");
                    }
                    if (s instanceof ObjectNode one
                            && one.path("namespace").asText().isEmpty()) {
                        one.remove("namespace");
                    }
                });
            }
            case "ingressclasses.networking.k8s.io" -> {
                if (spec.get("parameters") instanceof ObjectNode parameters) {
                    absent(parameters, "scope", "Cluster");
                }
            }
            case "priorityclasses.scheduling.k8s.io" -> {
                if (!object.has("value")) {
                    object.put("value", 0);
                }
            }
            case "leases.coordination.k8s.io" -> spec.remove(List.of("strategy", "preferredHolder"));
            case "storageclasses.storage.k8s.io" -> {
                absent(object, "reclaimPolicy", "Delete");
                absent(object, "volumeBindingMode", "Immediate");
            }
            default -> FurtherDefaults.apply(type, object);
        }
    }

    private static void protect(ObjectNode object, String finalizer) {
        ArrayNode finalizers = Json.meta(object).withArray("finalizers");
        for (JsonNode one : finalizers) {
            if (one.asText().equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }

    /// Counts the templates of a DaemonSet.
    private static void templateGeneration(ObjectNode object, @Nullable JsonNode before) {
        String last = (before == null ? object : before)
                .path("metadata")
                .path("annotations")
                .path(TEMPLATE_GENERATION)
                .asText("0");
        if (before == null && !last.matches("-?0*")) {
            return;
        }
        boolean same = before != null
                && before.path("spec")
                        .path("template")
                        .equals(object.path("spec").path("template"));
        Json.child(Json.meta(object), "annotations")
                .put(TEMPLATE_GENERATION, same ? last : Long.toString(Long.parseLong(last) + 1));
    }

    /// Gives a field a value where it has none.
    public static void absent(ObjectNode node, String name, String value) {
        if (!node.hasNonNull(name)) {
            node.put(name, value);
        }
    }

    /// Gives a field a value where it has none.
    public static void absent(ObjectNode node, String name, int value) {
        if (!node.hasNonNull(name)) {
            node.put(name, value);
        }
    }

    static void template(ObjectNode spec) {
        PodDefaults.apply(Json.child(Json.child(spec, "template"), "spec"));
    }

    private static void secret(ObjectNode object) {
        absent(object, "type", "Opaque");
        if (object.remove("stringData") instanceof ObjectNode text) {
            ObjectNode data = Json.child(object, "data");
            text.properties()
                    .forEach(e -> data.put(
                            e.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(e.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }
}
