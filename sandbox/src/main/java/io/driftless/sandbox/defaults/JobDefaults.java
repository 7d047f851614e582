package io.driftless.sandbox.defaults;

import static io.driftless.sandbox.defaults.Defaults.absent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import org.jspecify.annotations.Nullable;

/// The defaults of a job, and the selector that a new one gets unless it brings its own.
public final class JobDefaults {
    private static final String UID = "batch.kubernetes.io/controller-uid";

    private JobDefaults() {}

    static void apply(ObjectNode job, ObjectNode spec, @Nullable JsonNode before) {
        if (!spec.has("completions") && !spec.has("parallelism")) {
            spec.put("completions", 1);
        }
        absent(spec, "parallelism", 1);
        absent(spec, "backoffLimit", spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6);
        absent(spec, "completionMode", "NonIndexed");
        absent(spec, "podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        for (String flag : new String[] {"suspend", "manualSelector"}) {
            if (!spec.has(flag)) {
                spec.put(flag, false);
            }
        }
        if (before == null
                && spec.get("podFailurePolicy") instanceof ObjectNode policy
                && policy.path("rules").isEmpty()) {
            policy.putNull("rules");
        }
        for (JsonNode rule : spec.path("podFailurePolicy").path("rules")) {
            for (JsonNode condition : rule.path("onPodConditions")) {
                absent((ObjectNode) condition, "status", "True");
            }
        }
        Defaults.template(spec);
        if (before == null && !spec.path("manualSelector").asBoolean()) {
            select(job, spec);
        }
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (job.path("metadata").path("labels").isEmpty() && !labels.isEmpty()) {
            Json.meta(job).set("labels", labels.deepCopy());
        }
    }

    /// What is there already stays, for the rules to refuse.
    private static void select(ObjectNode job, ObjectNode spec) {
        String uid = Json.uid(job);
        ObjectNode selected = Json.child(Json.child(spec, "selector"), "matchLabels");
        absent(selected, UID, uid);
        ObjectNode labels = Json.child(Json.meta(Json.child(spec, "template")), "labels");
        absent(labels, UID, uid);
        absent(labels, "batch.kubernetes.io/job-name", Json.name(job));
        absent(labels, "controller-uid", uid);
        absent(labels, "job-name", Json.name(job));
    }
}
