package io.driftless.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.OperationEvent.OperationRecorded;
import org.jspecify.annotations.Nullable;

/// What receivers are told: a flat JSON object, whose fields templates may name.
final class NotificationFacts {
    private NotificationFacts() {}

    static ObjectNode about(
            ApplicationName name,
            Trigger trigger,
            Envelope envelope,
            @Nullable ApplicationDeclared declared,
            @Nullable ApplicationCompared compared,
            @Nullable OperationRecorded operation) {
        ObjectNode about = JsonNodeFactory.instance
                .objectNode()
                .put("application", name.toString())
                .put("name", name.name())
                .put("namespace", name.namespace())
                .put("trigger", trigger.toString())
                .put("time", envelope.time().toString())
                .put("chain", envelope.chain());
        if (declared != null) {
            about.put("project", declared.spec().project())
                    .put("repository", withoutUser(declared.spec().source().repoURL()))
                    .put("path", declared.spec().source().path());
        }
        if (compared != null) {
            about.put("sync", compared.status().toString())
                    .put("health", compared.health().status().toString())
                    .put("revision", compared.revision());
        }
        if (operation != null) {
            about.put("operation", operation.id())
                    .put("phase", operation.phase().toString())
                    .put("operationRevision", operation.revision())
                    .put("operationMessage", operation.message());
        }
        return about.put("message", message(name, trigger, compared, operation));
    }

    private static String message(
            ApplicationName name,
            Trigger trigger,
            @Nullable ApplicationCompared compared,
            @Nullable OperationRecorded operation) {
        String revision = operation == null ? "" : operation.revision();
        String said = operation == null ? "" : operation.message();
        String health = compared == null ? "" : compared.health().message();
        return "Application " + name
                + switch (trigger) {
                    case ON_CREATED -> " is created";
                    case ON_DELETED -> " is being deleted";
                    case ON_DEPLOYED -> " runs at " + revision + " and is healthy";
                    case ON_HEALTH_DEGRADED -> " is degraded" + (health.isEmpty() ? "" : ": " + health);
                    case ON_SYNC_FAILED -> " could not be synced to " + revision + (said.isEmpty() ? "" : ": " + said);
                    case ON_SYNC_RUNNING -> " is being synced to " + revision;
                    case ON_SYNC_STATUS_UNKNOWN -> " has an unknown sync status";
                    case ON_SYNC_SUCCEEDED -> " is synced to " + revision;
                };
    }

    private static String withoutUser(String url) {
        return url.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)[^@/]*@", "$1");
    }
}
