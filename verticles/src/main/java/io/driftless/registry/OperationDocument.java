package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationSpec.Retry;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.OperationEvent.ResourceResult;
import io.driftless.events.ResourceId;

/// `status.operationState` and `status.history` of an operation, under Argo CD's names.
final class OperationDocument {
    /// Name in `operation.info` under which the id of the operation stands: times in whole seconds tell no two quick
    /// operations apart.
    private static final String ID = "driftless.io/operation";

    private final OperationRecorded operation;
    private final JsonNode source;

    /// @param source spec.source of the Application
    OperationDocument(OperationRecorded operation, JsonNode source) {
        this.operation = operation;
        JsonNode asked =
                operation.request() == null ? null : operation.request().source();
        this.source = asked == null ? source : asked;
    }

    ObjectNode state() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.set("operation", request());
        state.put("phase", operation.phase().toString());
        state.put("message", operation.message());
        state.put("startedAt", StatusDocument.time(operation.startedAt()));
        if (operation.finishedAt() != null) {
            state.put("finishedAt", StatusDocument.time(operation.finishedAt()));
        }
        if (operation.attempt() > 0) {
            state.put("retryCount", operation.attempt());
        }
        ObjectNode result = state.putObject("syncResult");
        result.put("revision", operation.revision());
        source(result);
        ArrayNode resources = JsonNodeFactory.instance.arrayNode();
        operation.resources().forEach(resource -> resources.add(result(resource)));
        if (!resources.isEmpty()) {
            result.set("resources", resources);
        }
        return state;
    }

    /// Appends the operation to the history when it belongs there and is not in it yet: a full sync that succeeded,
    /// not a dry run and not the healing of single resources.
    void addTo(ObjectNode status, int limit) {
        SyncRequested request = operation.request();
        // Manifests that were given are nowhere to be had again.
        boolean full =
                request == null || (!request.dryRun() && request.resources().isEmpty() && !request.local());
        if (operation.phase() != Phase.SUCCEEDED || !full || operation.selfHeal()) {
            return;
        }
        String started = StatusDocument.time(operation.startedAt());
        ArrayNode history = JsonNodeFactory.instance.arrayNode();
        long last = -1;
        for (JsonNode entry : status.path("history")) {
            history.add(entry);
            last = Math.max(last, entry.path("id").asLong());
        }
        // The newest entry alone may be this operation: an earlier one may have deployed the revision in the same
        // second.
        JsonNode newest = history.path(history.size() - 1);
        if (newest.path("deployStartedAt").asText().equals(started)
                && newest.path("revision").asText().equals(operation.revision())) {
            return;
        }
        ObjectNode entry = history.addObject();
        entry.put("id", last + 1).put("revision", operation.revision());
        entry.put("deployStartedAt", started);
        entry.put(
                "deployedAt",
                StatusDocument.time(operation.finishedAt() == null ? operation.startedAt() : operation.finishedAt()));
        source(entry);
        entry.set("initiatedBy", initiatedBy());
        while (history.size() > limit) {
            history.remove(0);
        }
        if (history.isEmpty()) {
            status.remove("history");
        } else {
            status.set("history", history);
        }
    }

    private void source(ObjectNode node) {
        if (source.isObject()) {
            node.set("source", source);
        }
    }

    private ObjectNode request() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("initiatedBy", initiatedBy());
        ArrayNode info = node.putArray("info");
        info.addObject().put("name", ID).put("value", operation.id());
        ObjectNode sync = node.putObject("sync").put("revision", operation.revision());
        SyncRequested request = operation.request();
        if (request != null && request.infos() != null) {
            request.infos()
                    .forEach((name, value) -> info.addObject().put("name", name).put("value", value));
        }
        if (operation.selfHealAttempts() > 0) {
            sync.put("autoHealAttemptsCount", operation.selfHealAttempts());
        }
        if (request == null) {
            return node;
        }
        if (request.source() != null) {
            sync.set("source", request.source());
        }
        if (request.prune()) {
            sync.put("prune", true);
        }
        if (request.dryRun()) {
            sync.put("dryRun", true);
        }
        if (request.strategy() != null) {
            ObjectNode how =
                    sync.putObject("syncStrategy").putObject(request.strategy().kind());
            if (request.forced()) {
                how.put("force", true);
            }
        }
        request.syncOptions().forEach(option -> sync.withArray("/syncOptions").add(option));
        for (ResourceId id : request.resources()) {
            sync.withArray("/resources").add(StatusDocument.identity(id, ""));
        }
        Retry retry = request.retry();
        if (retry != null) {
            ObjectNode to = node.putObject("retry").put("limit", retry.limit());
            if (retry.refresh() != null) {
                to.put("refresh", true);
            }
            to.putObject("backoff")
                    .put("duration", retry.durationMillis() + "ms")
                    .put("factor", retry.factor())
                    .put("maxDuration", retry.maxDurationMillis() + "ms");
        }
        return node;
    }

    private ObjectNode initiatedBy() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return operation.automated() ? node.put("automated", true) : node.put("username", operation.requestedBy());
    }

    private static ObjectNode result(ResourceResult resource) {
        ObjectNode node = StatusDocument.identity(resource.resource(), resource.apiVersion());
        boolean running = resource.status().equals(ResourceResult.RUNNING);
        boolean failed = resource.status().equals(ResourceResult.SYNC_FAILED);
        if (!running) {
            node.put("status", resource.status());
        }
        if (!resource.message().isEmpty()) {
            node.put("message", resource.message());
        }
        return node.put("hookPhase", running ? "Running" : failed ? "Failed" : "Succeeded")
                .put("syncPhase", "Sync");
    }
}
