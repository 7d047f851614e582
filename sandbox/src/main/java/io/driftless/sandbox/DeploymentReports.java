package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.DeploymentController.ReplicaSet;
import io.driftless.sandbox.model.Json;
import java.time.Duration;
import java.time.Instant;

/// What a Deployment says about itself: counts, whether enough is available, whether it gets on.
final class DeploymentReports {
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private final ControllerWrites writes;
    private final Delays delays;

    DeploymentReports(ControllerWrites writes, Delays delays) {
        this.writes = writes;
        this.delays = delays;
    }

    void write(Stored deployment, Rollout rollout) {
        long generation = deployment.tree().path("metadata").path("generation").asLong();
        writes.status(deployment.key(), next -> {
            ReplicaSet current = rollout.current();
            if (current != null) {
                String revision = current.annotations().path(REVISION).asText();
                Json.child(Json.meta(next), "annotations").put(REVISION, revision);
            }
            ObjectNode status = Json.child(next, "status");
            JsonNode before = status.deepCopy();
            status.put("observedGeneration", generation);
            counts(status, rollout);
            boolean paused = rollout.deployment().path("spec").path("paused").asBoolean();
            if (current != null
                    && !paused
                    && Conditions.in(status, "Progressing").isMissingNode()
                    && fresh(current)) {
                Conditions.set(status, made(current));
            }
            available(status, rollout);
            if (paused) {
                Conditions.set(
                        status, Conditions.of("Progressing", "Unknown", "DeploymentPaused", "Deployment is paused"));
            } else if (current != null) {
                progress(deployment, status, before, rollout, current);
            }
            failure(status, rollout);
        });
    }

    /// That pods are refused is passed on, the present ReplicaSet first.
    private static void failure(ObjectNode status, Rollout rollout) {
        ReplicaSet current = rollout.current();
        JsonNode failure = current == null
                ? status.path("")
                : Conditions.find(current.stored().tree(), ReplicaSetController.FAILURE);
        for (ReplicaSet set : rollout.sets()) {
            if (failure.isMissingNode()) {
                failure = Conditions.find(set.stored().tree(), ReplicaSetController.FAILURE);
            }
        }
        if (failure instanceof ObjectNode found) {
            ObjectNode condition = found.deepCopy();
            condition.set("lastUpdateTime", found.path("lastTransitionTime"));
            Conditions.set(status, condition);
        } else {
            Conditions.remove(status, ReplicaSetController.FAILURE);
        }
    }

    private static int sum(Rollout rollout, String field) {
        return rollout.sets().stream().mapToInt(s -> s.count(field)).sum();
    }

    private static void counts(ObjectNode status, Rollout rollout) {
        ReplicaSet current = rollout.current();
        int available = sum(rollout, "availableReplicas");
        int asked = rollout.sets().stream().mapToInt(ReplicaSet::replicas).sum();
        Conditions.count(status, "replicas", sum(rollout, "replicas"));
        Conditions.count(status, "updatedReplicas", current == null ? 0 : current.count("replicas"));
        Conditions.count(status, "readyReplicas", sum(rollout, "readyReplicas"));
        Conditions.count(status, "availableReplicas", available);
        Conditions.count(status, "unavailableReplicas", Math.max(0, asked - available));
        status.put("terminatingReplicas", sum(rollout, "terminatingReplicas"));
    }

    private static void available(ObjectNode status, Rollout rollout) {
        boolean enough = sum(rollout, "availableReplicas") >= rollout.replicas() - rollout.maxUnavailable();
        Conditions.set(
                status,
                enough
                        ? Conditions.of(
                                "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
                        : Conditions.of(
                                "Available",
                                "False",
                                "MinimumReplicasUnavailable",
                                "Deployment does not have minimum availability."));
    }

    private void progress(Stored deployment, ObjectNode status, JsonNode before, Rollout rollout, ReplicaSet current) {
        String set = "ReplicaSet \"" + current.key().name() + "\" ";
        if (complete(status, rollout, current)) {
            Conditions.set(
                    status,
                    Conditions.of(
                            "Progressing", "True", "NewReplicaSetAvailable", set + "has successfully progressed."));
            return;
        }
        ObjectNode made = made(current);
        JsonNode was = Conditions.find(Json.object().set("status", before), "Progressing");
        String said = was.path("message").asText();
        boolean same = (said.startsWith(set) || said.equals(made.path("message").asText()))
                && !was.path("reason").asText().equals("NewReplicaSetAvailable");
        boolean further = further(before, status);
        if (!same || further) {
            Conditions.set(
                    status,
                    !further && fresh(current)
                            ? made
                            : Conditions.of("Progressing", "True", "ReplicaSetUpdated", set + "is progressing."));
            ObjectNode condition = (ObjectNode) Conditions.find(Json.object().set("status", status), "Progressing");
            condition.put("lastUpdateTime", Json.now());
            was = condition;
        }
        int limit = rollout.deployment()
                .path("spec")
                .path("progressDeadlineSeconds")
                .asInt(600);
        Instant deadline = Instant.parse(was.path("lastUpdateTime").asText()).plusSeconds(limit);
        if (Instant.now().isAfter(deadline)) {
            Conditions.set(
                    status,
                    Conditions.of(
                            "Progressing", "False", "ProgressDeadlineExceeded", set + "has timed out progressing."));
        } else if (limit < Integer.MAX_VALUE) {
            delays.again(
                    deployment.key(), Duration.between(Instant.now(), deadline).toMillis() + 50);
        }
    }

    /// Whether the ReplicaSet is as it was made.
    private static boolean fresh(ReplicaSet set) {
        return set.stored().tree().path("metadata").path("generation").asInt() == 1;
    }

    private static ObjectNode made(ReplicaSet set) {
        String message = "Created new replica set \"" + set.key().name() + "\"";
        return Conditions.of("Progressing", "True", "NewReplicaSetCreated", message);
    }

    private static boolean complete(ObjectNode status, Rollout rollout, ReplicaSet current) {
        int wanted = rollout.replicas();
        return status.path("updatedReplicas").asInt() == wanted
                && status.path("replicas").asInt() == wanted
                && status.path("availableReplicas").asInt() == wanted
                && current.observed();
    }

    private static boolean further(JsonNode before, JsonNode after) {
        return after.path("updatedReplicas").asInt()
                        > before.path("updatedReplicas").asInt()
                || after.path("readyReplicas").asInt()
                        > before.path("readyReplicas").asInt()
                || after.path("availableReplicas").asInt()
                        > before.path("availableReplicas").asInt()
                || old(after) < old(before);
    }

    private static int old(JsonNode status) {
        return status.path("replicas").asInt() - status.path("updatedReplicas").asInt();
    }
}
