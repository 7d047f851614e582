package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// What the `.status` of an Application says, as far as it is compared with the topics.
///
/// @param resources a sum over its resources and their states
/// @param reconciled when it was written
/// @param operationFinished the beginning of all times while it runs
record StatusFacts(
        String sync,
        String revision,
        String health,
        int resources,
        Instant reconciled,
        Instant operationStarted,
        Instant operationFinished,
        String operationPhase,
        String operationRevision) {

    static StatusFacts of(JsonNode status) {
        int resources = 0;
        for (JsonNode resource : status.path("resources")) {
            resources += sum(
                    resource.path("group").asText(""),
                    resource.path("kind").asText(""),
                    resource.path("namespace").asText(""),
                    resource.path("name").asText(""),
                    resource.path("status").asText(""));
        }
        JsonNode operation = status.path("operationState");
        return new StatusFacts(
                status.path("sync").path("status").asText("Unknown").intern(),
                status.path("sync").path("revision").asText("").intern(),
                status.path("health").path("status").asText("Unknown").intern(),
                resources,
                time(status.path("reconciledAt")),
                time(operation.path("startedAt")),
                time(operation.path("finishedAt")),
                operation.path("phase").asText("").intern(),
                operation.path("syncResult").path("revision").asText("").intern());
    }

    /// Whether it says all that a comparison found.
    boolean says(ApplicationCompared compared) {
        return sync.equals(compared.status().toString())
                && revision.equals(compared.revision())
                && health.equals(compared.health().status().toString())
                && resources == sum(compared);
    }

    private static int sum(ApplicationCompared compared) {
        int resources = 0;
        for (ResourceVerdict verdict : compared.resources()) {
            resources += sum(
                    verdict.resource().group(),
                    verdict.resource().kind(),
                    verdict.resource().namespace(),
                    verdict.resource().name(),
                    verdict.status().toString());
        }
        return resources;
    }

    private static int sum(String group, String kind, String namespace, String name, String status) {
        return (((group.hashCode() * 31 + kind.hashCode()) * 31 + namespace.hashCode()) * 31 + name.hashCode()) * 31
                + status.hashCode();
    }

    /// The beginning of all times where there is none.
    static Instant time(JsonNode text) {
        try {
            return text.isTextual() ? Instant.parse(text.asText()) : Instant.MIN;
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }
}
