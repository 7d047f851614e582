package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.defaults.Addresses;
import io.driftless.sandbox.model.Json;

/// What a scheduler and a kubelet would report about a pod.
final class PodStatus {
    enum Outcome {
        RUNNING,
        SUCCEEDED,
        WAITING
    }

    private PodStatus() {}

    static Outcome outcome(JsonNode pod) {
        for (JsonNode container : pod.path("spec").path("containers")) {
            if (container.path("image").asText().contains("never-ready")) {
                return Outcome.WAITING;
            }
        }
        for (JsonNode owner : pod.path("metadata").path("ownerReferences")) {
            if (owner.path("kind").asText().equals("Job")) {
                return Outcome.SUCCEEDED;
            }
        }
        return Outcome.RUNNING;
    }

    static void unschedulable(ObjectNode pod, String why) {
        ObjectNode status = Json.child(pod, "status").put("phase", "Pending");
        condition(status.putArray("conditions"), "PodScheduled", "False", "Unschedulable")
                .put("message", why)
                .put("observedGeneration", 1);
    }

    static void fill(ObjectNode pod, Outcome outcome) {
        ObjectNode status = Json.child(pod, "status");
        String now = Json.now();
        boolean ready = outcome == Outcome.RUNNING;
        status.put(
                "phase",
                switch (outcome) {
                    case RUNNING -> "Running";
                    case SUCCEEDED -> "Succeeded";
                    case WAITING -> "Pending";
                });
        String reason = switch (outcome) {
            case RUNNING -> "";
            case SUCCEEDED -> "PodCompleted";
            case WAITING -> "ContainersNotReady";
        };
        ArrayNode conditions = status.putArray("conditions");
        condition(conditions, "Initialized", "True", "");
        condition(conditions, "Ready", ready ? "True" : "False", reason);
        condition(conditions, "ContainersReady", ready ? "True" : "False", reason);
        condition(conditions, "PodScheduled", "True", "");
        status.put("startTime", now);
        if (outcome != Outcome.WAITING) {
            String address = Addresses.of(Json.uid(pod), "10.244");
            status.put("hostIP", PodStandIn.ADDRESS)
                    .putArray("hostIPs")
                    .addObject()
                    .put("ip", PodStandIn.ADDRESS);
            status.put("podIP", address).putArray("podIPs").addObject().put("ip", address);
        }
        ArrayNode containers = status.putArray("containerStatuses");
        for (JsonNode container : pod.path("spec").path("containers")) {
            ObjectNode one = containers.addObject();
            one.put("name", container.path("name").asText())
                    .put("image", container.path("image").asText())
                    .put("imageID", "")
                    .put("ready", ready)
                    .put("started", ready)
                    .put("restartCount", 0);
            one.putObject("lastState");
            state(one.putObject("state"), outcome, now, container.path("image").asText());
        }
    }

    private static ObjectNode condition(ArrayNode conditions, String type, String status, String reason) {
        ObjectNode condition = conditions.addObject().put("type", type).put("status", status);
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        return condition.put("lastTransitionTime", Json.now());
    }

    private static void state(ObjectNode state, Outcome outcome, String now, String image) {
        switch (outcome) {
            case RUNNING -> state.putObject("running").put("startedAt", now);
            case SUCCEEDED ->
                state.putObject("terminated")
                        .put("exitCode", 0)
                        .put("reason", "Completed")
                        .put("startedAt", now)
                        .put("finishedAt", now);
            case WAITING ->
                state.putObject("waiting")
                        .put("reason", "ImagePullBackOff")
                        .put("message", "Back-off pulling image " + image);
        }
    }
}
