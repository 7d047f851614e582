package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes a workload invalid whose pods go on running: deployments, sets of replicas, of states, of daemons.
public final class WorkloadRules {
    private static final List<String> STATES_CHANGE =
            List.of("serviceName", "podManagementPolicy", "volumeClaimTemplates");
    private static final List<String> RETENTIONS = List.of("Retain", "Delete");

    private WorkloadRules() {}

    static void add(ResourceType type, JsonNode object, @Nullable JsonNode before, List<Violation> out) {
        Part spec = Part.at("spec", object.path("spec"), out);
        JsonNode old = before == null ? null : before.path("spec");
        switch (type.id()) {
            case "deployments.apps" -> deployment(spec, old);
            case "statefulsets.apps" -> states(spec, old);
            case "daemonsets.apps" -> daemons(spec, old);
            default -> {
                notNegative(spec, "replicas", "minReadySeconds");
                if (TemplateRules.selector(spec, "deployment")) {
                    TemplateRules.running(spec, "ReplicaSet");
                }
                immutable(spec, "selector", old);
            }
        }
    }

    private static void notNegative(Part spec, String... counts) {
        for (String count : counts) {
            spec.in(count).notNegative();
        }
    }

    static void immutable(Part spec, String field, @Nullable JsonNode before) {
        if (before != null && !before.path(field).equals(spec.value().path(field))) {
            Part now = spec.in(field);
            now.invalidLabels("field is immutable");
        }
    }

    private static void deployment(Part spec, @Nullable JsonNode before) {
        notNegative(spec, "replicas");
        if (TemplateRules.selector(spec, "deployment")) {
            TemplateRules.running(spec, "ReplicaSet");
        }
        RolloutRules.deployment(spec.in("strategy"));
        notNegative(spec, "minReadySeconds", "revisionHistoryLimit");
        spec.with("progressDeadlineSeconds", deadline -> {
            deadline.notNegative();
            if (deadline.number() <= spec.in("minReadySeconds").number()) {
                deadline.invalid("must be greater than minReadySeconds");
            }
        });
        immutable(spec, "selector", before);
    }

    private static void daemons(Part spec, @Nullable JsonNode before) {
        immutable(spec, "selector", before);
        TemplateRules.daemons(spec);
        notNegative(spec, "minReadySeconds");
        RolloutRules.daemons(spec.in("updateStrategy"));
        notNegative(spec, "revisionHistoryLimit");
    }

    private static void states(Part spec, @Nullable JsonNode before) {
        Part management = spec.in("podManagementPolicy");
        if (!List.of("OrderedReady", "Parallel").contains(management.text())) {
            management.invalid("must be 'OrderedReady' or 'Parallel'");
        }
        RolloutRules.states(spec.in("updateStrategy"));
        for (String when : List.of("whenDeleted", "whenScaled")) {
            spec.in("persistentVolumeClaimRetentionPolicy").in(when).oneOf(RETENTIONS);
        }
        notNegative(spec, "replicas", "minReadySeconds");
        spec.in("ordinals").in("start").notNegative();
        if (before == null) {
            for (Part claim : spec.each("volumeClaimTemplates")) {
                ClaimRules.template(claim.in("spec"));
            }
            if (!spec.in("serviceName").text().isEmpty()) {
                spec.in("serviceName").label();
            }
        }
        if (TemplateRules.selector(spec, "statefulset")) {
            TemplateRules.running(withClaims(spec), "StatefulSet");
        }
        if (before != null && !rest(spec.value()).equals(rest(before))) {
            spec.forbidden(
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy',"
                            + " 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                            + " forbidden");
        }
    }

    /// As its pods will have them: the claims that are made for each are its first volumes.
    private static Part withClaims(Part spec) {
        JsonNode claims = spec.value().path("volumeClaimTemplates");
        if (claims.isEmpty() || !(spec.value().path("template").path("spec") instanceof ObjectNode pod)) {
            return spec;
        }
        ObjectNode with = Json.object();
        Set<String> names = new HashSet<>();
        for (JsonNode claim : claims) {
            String name = Json.name(claim);
            if (names.add(name)) {
                with.withArray("volumes")
                        .addObject()
                        .put("name", name)
                        .putObject("persistentVolumeClaim")
                        .put("claimName", name);
            }
        }
        for (JsonNode volume : pod.path("volumes")) {
            if (!names.contains(volume.path("name").asText())) {
                with.withArray("volumes").add(volume);
            }
        }
        ObjectNode template = Json.object().setAll((ObjectNode) spec.value().path("template"));
        template.set("spec", Json.object().<ObjectNode>setAll(pod).setAll(with));
        ObjectNode whole = Json.object().setAll((ObjectNode) spec.value());
        whole.set("template", template);
        return Part.at(spec.path(), whole, spec.complaints());
    }

    private static ObjectNode rest(JsonNode spec) {
        ObjectNode out = Json.object();
        for (String field : STATES_CHANGE) {
            if (spec.has(field)) {
                out.set(field, spec.get(field));
            }
        }
        if (spec.has("selector")) {
            out.set("selector", spec.get("selector"));
        }
        return out;
    }
}
