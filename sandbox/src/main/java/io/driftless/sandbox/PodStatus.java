package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a kubelet would report about a pod.
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

    static void fill(ObjectNode pod, Outcome outcome) {
        String now = Json.now();
        boolean ready = outcome == Outcome.RUNNING;
        ObjectNode status = Json.child(pod, "status");
        status.put(
                "phase",
                switch (outcome) {
                    case RUNNING -> "Running";
                    case SUCCEEDED -> "Succeeded";
                    case WAITING -> "Pending";
                });
        ArrayNode conditions = status.putArray("conditions");
        for (String type : new String[] {"PodScheduled", "Initialized", "ContainersReady", "Ready"}) {
            boolean is = ready || type.equals("PodScheduled") || type.equals("Initialized");
            conditions
                    .addObject()
                    .put("type", type)
                    .put("status", is ? "True" : "False")
                    .put("lastTransitionTime", now);
        }
        status.put("hostIP", "10.0.0.1");
        status.put("podIP", Addresses.of(Json.uid(pod), "10.244"))
                .put("startTime", now)
                .put("qosClass", "Burstable");
        ArrayNode containers = status.putArray("containerStatuses");
        for (JsonNode container : pod.path("spec").path("containers")) {
            ObjectNode one = containers
                    .addObject()
                    .put("name", container.path("name").asText())
                    .put("image", container.path("image").asText())
                    .put("imageID", "")
                    .put("ready", ready)
                    .put("started", ready)
                    .put("restartCount", 0);
            ObjectNode state = one.putObject("state");
            switch (outcome) {
                case RUNNING -> state.putObject("running").put("startedAt", now);
                case SUCCEEDED ->
                    state.putObject("terminated")
                            .put("exitCode", 0)
                            .put("reason", "Completed")
                            .put("finishedAt", now);
                case WAITING ->
                    state.putObject("waiting")
                            .put("reason", "ImagePullBackOff")
                            .put(
                                    "message",
                                    "Back-off pulling image \""
                                            + container.path("image").asText() + "\"");
            }
        }
    }
}
