package io.driftless.tree;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ChildEvent.Info;
import java.util.ArrayList;
import java.util.List;

/// How a pod is doing, in the words in which `kubectl get pods` tells it: the most telling reason of a container wins
/// over the phase.
final class PodFacts {
    private PodFacts() {}

    static List<Info> of(JsonNode pod) {
        List<Info> info = new ArrayList<>();
        String reason = reason(pod);
        if (!reason.isEmpty()) {
            info.add(new Info("Status Reason", reason));
        }
        String node = pod.path("spec").path("nodeName").asText("");
        if (!node.isEmpty()) {
            info.add(new Info("Node", node));
        }
        int ready = 0;
        int restarts = 0;
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            boolean running = container.path("state").has("running");
            ready += running && container.path("ready").asBoolean() ? 1 : 0;
            restarts += container.path("restartCount").asInt();
        }
        info.add(new Info(
                "Containers", ready + "/" + pod.path("spec").path("containers").size()));
        if (restarts > 0) {
            info.add(new Info("Restart Count", String.valueOf(restarts)));
        }
        return info;
    }

    private static String reason(JsonNode pod) {
        JsonNode status = pod.path("status");
        if (!pod.path("metadata").path("deletionTimestamp").asText("").isEmpty()) {
            return status.path("reason").asText().equals("NodeLost") ? "Unknown" : "Terminating";
        }
        String start = starting(pod);
        if (!start.isEmpty()) {
            return start;
        }
        String reason = status.path("reason").asText(status.path("phase").asText(""));
        boolean running = false;
        JsonNode containers = status.path("containerStatuses");
        for (int i = containers.size() - 1; i >= 0; i--) {
            JsonNode container = containers.path(i);
            String told = trouble(container);
            if (!told.isEmpty()) {
                reason = told;
            }
            running |= container.path("ready").asBoolean()
                    && container.path("state").has("running");
        }
        return reason.equals("Completed") && running ? "Running" : reason;
    }

    /// Where the init containers are; empty once they are all through.
    private static String starting(JsonNode pod) {
        JsonNode containers = pod.path("status").path("initContainerStatuses");
        int all = pod.path("spec").path("initContainers").size();
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.path(i);
            JsonNode state = container.path("state");
            boolean done = state.path("terminated").isObject()
                    && state.path("terminated").path("exitCode").asInt() == 0;
            if (done || container.path("started").asBoolean() && state.has("running")) {
                continue;
            }
            String told = trouble(container);
            return told.isEmpty() || told.equals("PodInitializing") ? "Init:" + i + "/" + all : "Init:" + told;
        }
        return "";
    }

    private static String trouble(JsonNode container) {
        JsonNode state = container.path("state");
        String waiting = state.path("waiting").path("reason").asText("");
        if (!waiting.isEmpty()) {
            return waiting;
        }
        JsonNode ended = state.path("terminated");
        if (!ended.isObject()) {
            return "";
        }
        String reason = ended.path("reason").asText("");
        if (!reason.isEmpty()) {
            return reason;
        }
        int signal = ended.path("signal").asInt();
        return signal != 0
                ? "Signal:" + signal
                : "ExitCode:" + ended.path("exitCode").asInt();
    }
}
