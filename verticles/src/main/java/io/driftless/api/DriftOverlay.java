package io.driftless.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.api.ReadModel.Compared;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import java.time.temporal.ChronoUnit;

/// A comparison that has not reached the resource yet is shown in its `.status`, where it will
/// stand a moment later: who watches learns it from the topic, not from the write of another stage.
final class DriftOverlay {
    private DriftOverlay() {}

    /// Whether the resource does not say yet what the comparison says. One that was made before the
    /// status was written is in it, or was overtaken.
    static boolean behind(StatusFacts status, Compared compared) {
        return !compared.at().truncatedTo(ChronoUnit.SECONDS).isBefore(status.reconciled())
                && !status.says(compared.verdict());
    }

    static void add(ObjectNode application, Compared compared) {
        ApplicationCompared verdict = compared.verdict();
        ObjectNode status = application.withObjectProperty("status");
        ObjectNode sync = status.withObjectProperty("sync");
        sync.put("status", verdict.status().toString());
        if (verdict.revision().isEmpty()) {
            sync.remove("revision");
        } else {
            sync.put("revision", verdict.revision());
        }
        health(status, verdict.health(), compared);
        ArrayNode resources = status.putArray("resources");
        verdict.resources().stream()
                .sorted((a, b) -> a.resource().compareTo(b.resource()))
                .forEach(resource -> add(resources.addObject(), resource));
    }

    private static void health(ObjectNode status, Health health, Compared compared) {
        String text = health.status().toString();
        ObjectNode shown = status.withObjectProperty("health");
        if (!shown.path("status").asText("").equals(text)) {
            shown.put(
                    "lastTransitionTime",
                    compared.at().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        shown.put("status", text);
        if (health.message().isEmpty()) {
            shown.remove("message");
        } else {
            shown.put("message", health.message());
        }
    }

    private static void add(ObjectNode shown, ResourceVerdict verdict) {
        String group = verdict.resource().group();
        if (!group.isEmpty()) {
            shown.put("group", group);
        }
        String apiVersion = verdict.apiVersion();
        if (apiVersion != null && !apiVersion.isEmpty()) {
            shown.put("version", apiVersion.substring(apiVersion.indexOf('/') + 1));
        }
        shown.put("kind", verdict.resource().kind());
        if (!verdict.resource().namespace().isEmpty()) {
            shown.put("namespace", verdict.resource().namespace());
        }
        shown.put("name", verdict.resource().name())
                .put("status", verdict.status().toString());
        if (verdict.toPrune()) {
            shown.put("requiresPruning", true);
        }
        if (verdict.syncWave() != 0) {
            shown.put("syncWave", verdict.syncWave());
        }
    }
}
