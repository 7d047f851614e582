package io.driftless.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import java.util.ArrayList;
import java.util.List;

/// Health of a Pod. A pod that is meant to end (restart policy OnFailure or Never) is not called Degraded for a
/// passing failure to pull an image, because hooks are such pods and would fail too early.
final class PodHealth {
    private static final String IGNORE_RESTART_POLICY = "argocd.argoproj.io/ignore-restart-policy";

    private PodHealth() {}

    static Health of(JsonNode pod) {
        boolean always = pod.path("spec").path("restartPolicy").asText("Always").equals("Always");
        if (always || (ignoresRestartPolicy(pod) && !isHook(pod))) {
            List<String> stuck = stuckContainers(pod);
            if (!stuck.isEmpty()) {
                return new Health(HealthStatus.DEGRADED, String.join(", ", stuck));
            }
        }
        String message = pod.path("status").path("message").asText("");
        return switch (pod.path("status").path("phase").asText("")) {
            case "Pending" -> new Health(HealthStatus.PROGRESSING, message);
            case "Succeeded" -> new Health(HealthStatus.HEALTHY, message);
            case "Failed" -> new Health(HealthStatus.DEGRADED, message.isEmpty() ? failure(pod) : message);
            case "Running" -> new Health(always ? running(pod) : HealthStatus.PROGRESSING, message);
            default -> new Health(HealthStatus.UNKNOWN, message);
        };
    }

    private static boolean ignoresRestartPolicy(JsonNode pod) {
        return annotations(pod).path(IGNORE_RESTART_POLICY).asText("").equals("true");
    }

    private static boolean isHook(JsonNode pod) {
        return annotations(pod).has("argocd.argoproj.io/hook")
                || annotations(pod).has("helm.sh/hook");
    }

    private static JsonNode annotations(JsonNode pod) {
        return pod.path("metadata").path("annotations");
    }

    private static List<String> stuckContainers(JsonNode pod) {
        List<String> messages = new ArrayList<>();
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            JsonNode waiting = container.path("state").path("waiting");
            String reason = waiting.path("reason").asText("");
            if (reason.startsWith("Err") || reason.endsWith("Error") || reason.endsWith("BackOff")) {
                messages.add(waiting.path("message").asText(reason));
            }
        }
        return messages;
    }

    private static HealthStatus running(JsonNode pod) {
        if (Conditions.isTrue(Conditions.find(pod, "Ready"))) {
            return HealthStatus.HEALTHY;
        }
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            if (container.path("lastState").has("terminated")) {
                return HealthStatus.DEGRADED;
            }
        }
        return HealthStatus.PROGRESSING;
    }

    private static String failure(JsonNode pod) {
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode container : pod.path("status").path(list)) {
                String reason = failureOf(container);
                if (!reason.isEmpty()) {
                    return reason;
                }
            }
        }
        return "";
    }

    private static String failureOf(JsonNode container) {
        JsonNode end = container.path("state").path("terminated");
        if (!end.path("message").asText("").isEmpty()) {
            return end.path("message").asText();
        }
        if (end.path("reason").asText("").equals("OOMKilled")) {
            return "OOMKilled";
        }
        int code = end.path("exitCode").asInt();
        return code == 0 ? "" : "container \"" + container.path("name").asText() + "\" failed with exit code " + code;
    }
}
