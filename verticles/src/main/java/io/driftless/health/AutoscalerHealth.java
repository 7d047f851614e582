package io.driftless.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import java.util.Set;

/// Health of a HorizontalPodAutoscaler. Version v1 has no conditions in its status and keeps them as JSON in an
/// annotation.
final class AutoscalerHealth {
    private static final String V1_CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
    private static final Set<String> SCALE_FAILURES = Set.of("FailedGetScale", "FailedUpdateScale");
    private static final Set<String> METRIC_FAILURES = Set.of(
            "FailedGetResourceMetric",
            "FailedGetObjectMetric",
            "FailedGetPodsMetric",
            "FailedGetExternalMetric",
            "FailedComputeMetricsReplicas",
            "InvalidSelector");
    private static final ObjectMapper JSON = new ObjectMapper();

    private AutoscalerHealth() {}

    static Health of(JsonNode autoscaler) {
        JsonNode conditions = conditions(autoscaler);
        for (JsonNode condition : conditions) {
            if (failed(condition)) {
                return new Health(HealthStatus.DEGRADED, Conditions.message(condition));
            }
        }
        for (JsonNode condition : conditions) {
            String type = condition.path("type").asText("");
            if ((type.equals("AbleToScale") || type.equals("ScalingLimited")) && Conditions.isTrue(condition)) {
                return new Health(HealthStatus.HEALTHY, Conditions.message(condition));
            }
        }
        return new Health(HealthStatus.PROGRESSING, "Waiting to Autoscale");
    }

    private static boolean failed(JsonNode condition) {
        String reason = condition.path("reason").asText("");
        return switch (condition.path("type").asText("")) {
            case "AbleToScale" -> SCALE_FAILURES.contains(reason);
            case "ScalingActive" -> METRIC_FAILURES.contains(reason);
            default -> false;
        };
    }

    private static JsonNode conditions(JsonNode autoscaler) {
        JsonNode annotation = autoscaler.path("metadata").path("annotations").path(V1_CONDITIONS);
        if (!annotation.isTextual()) {
            return autoscaler.path("status").path("conditions");
        }
        try {
            return JSON.readTree(annotation.asText());
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
