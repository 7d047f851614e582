package io.driftless.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;

/// Health of the kinds that roll pods out (group apps), by the rules of `kubectl rollout status`.
final class WorkloadHealth {
    private WorkloadHealth() {}

    static Health deployment(JsonNode object) {
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        if (spec.path("paused").asBoolean()) {
            return new Health(HealthStatus.SUSPENDED, "Deployment is paused");
        }
        if (behind(object)) {
            return progressing(
                    "Waiting for rollout to finish: observed deployment generation less than desired generation");
        }
        JsonNode progress = Conditions.find(object, "Progressing");
        if (progress != null && progress.path("reason").asText().equals("ProgressDeadlineExceeded")) {
            return new Health(
                    HealthStatus.DEGRADED, "Deployment \"" + name(object) + "\" exceeded its progress deadline");
        }
        long updated = status.path("updatedReplicas").asLong();
        long all = status.path("replicas").asLong();
        long available = status.path("availableReplicas").asLong();
        if (spec.has("replicas") && updated < spec.path("replicas").asLong()) {
            return progressing("Waiting for rollout to finish: " + updated + " out of "
                    + spec.path("replicas").asLong() + " new replicas have been updated...");
        }
        if (all > updated) {
            return progressing(
                    "Waiting for rollout to finish: " + (all - updated) + " old replicas are pending termination...");
        }
        if (available < updated) {
            return progressing("Waiting for rollout to finish: " + available + " of " + updated
                    + " updated replicas are available...");
        }
        return Health.of(HealthStatus.HEALTHY);
    }

    static Health statefulSet(JsonNode object) {
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        if (status.path("observedGeneration").asLong() == 0 || behind(object)) {
            return progressing("Waiting for statefulset spec update to be observed...");
        }
        long replicas = spec.path("replicas").asLong();
        long ready = status.path("readyReplicas").asLong();
        long updated = status.path("updatedReplicas").asLong();
        if (spec.has("replicas") && ready < replicas) {
            return progressing("Waiting for " + (replicas - ready) + " pods to be ready...");
        }
        JsonNode strategy = spec.path("updateStrategy");
        String type = strategy.path("type").asText("");
        JsonNode partition = strategy.path("rollingUpdate").path("partition");
        if (type.equals("RollingUpdate") && spec.has("replicas") && partition.isNumber()) {
            long wanted = replicas - partition.asLong();
            return updated < wanted
                    ? progressing("Waiting for partitioned roll out to finish: " + updated + " out of " + wanted
                            + " new pods have been updated...")
                    : healthy("partitioned roll out complete: " + updated + " new pods have been updated...");
        }
        if (type.equals("OnDelete")) {
            return healthy("statefulset has " + ready + " ready pods");
        }
        String revision = status.path("updateRevision").asText("");
        return revision.equals(status.path("currentRevision").asText(""))
                ? healthy("statefulset rolling update complete "
                        + status.path("currentReplicas").asLong() + " pods at revision " + revision + "...")
                : progressing("waiting for statefulset rolling update to complete " + updated + " pods at revision "
                        + revision + "...");
    }

    static Health daemonSet(JsonNode object) {
        JsonNode status = object.path("status");
        if (behind(object)) {
            return progressing(
                    "Waiting for rollout to finish: observed daemon set generation less than desired generation");
        }
        long wanted = status.path("desiredNumberScheduled").asLong();
        long updated = status.path("updatedNumberScheduled").asLong();
        long available = status.path("numberAvailable").asLong();
        if (object.path("spec").path("updateStrategy").path("type").asText("").equals("OnDelete")) {
            return healthy("daemon set " + updated + " out of " + wanted + " new pods have been updated");
        }
        String waiting = "Waiting for daemon set \"" + name(object) + "\" rollout to finish: ";
        if (updated < wanted) {
            return progressing(waiting + updated + " out of " + wanted + " new pods have been updated...");
        }
        if (available < wanted) {
            return progressing(waiting + available + " of " + wanted + " updated pods are available...");
        }
        return Health.of(HealthStatus.HEALTHY);
    }

    static Health replicaSet(JsonNode object) {
        if (behind(object)) {
            return progressing(
                    "Waiting for rollout to finish: observed replica set generation less than desired generation");
        }
        JsonNode failure = Conditions.find(object, "ReplicaFailure");
        if (failure != null && Conditions.isTrue(failure)) {
            return new Health(HealthStatus.DEGRADED, Conditions.message(failure));
        }
        JsonNode replicas = object.path("spec").path("replicas");
        long available = object.path("status").path("availableReplicas").asLong();
        if (replicas.isNumber() && available < replicas.asLong()) {
            return progressing("Waiting for rollout to finish: " + available + " out of " + replicas.asLong()
                    + " new replicas are available...");
        }
        return Health.of(HealthStatus.HEALTHY);
    }

    private static boolean behind(JsonNode object) {
        return object.path("metadata").path("generation").asLong()
                > object.path("status").path("observedGeneration").asLong();
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText("");
    }

    private static Health progressing(String message) {
        return new Health(HealthStatus.PROGRESSING, message);
    }

    private static Health healthy(String message) {
        return new Health(HealthStatus.HEALTHY, message);
    }
}
