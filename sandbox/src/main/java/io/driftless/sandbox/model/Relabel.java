package io.driftless.sandbox.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Objects in another version of their group: only `apiVersion` differs, as with a CRD whose
/// conversion strategy is None. Events alone are there in two groups, with other names for their
/// fields.
public final class Relabel {
    private static final String PERCENT = "targetCPUUtilizationPercentage";
    private static final String EVENTS = "events.k8s.io/v1";
    private static final Map<String, String> TO_CORE = Map.ofEntries(
            Map.entry("regarding", "involvedObject"),
            Map.entry("note", "message"),
            Map.entry("reportingController", "reportingComponent"),
            Map.entry("deprecatedSource", "source"),
            Map.entry("deprecatedFirstTimestamp", "firstTimestamp"),
            Map.entry("deprecatedLastTimestamp", "lastTimestamp"),
            Map.entry("deprecatedCount", "count"));
    private static final Map<String, String> FROM_CORE = new HashMap<>();

    static {
        TO_CORE.forEach((name, core) -> FROM_CORE.put(core, name));
    }

    private Relabel() {}

    /// An object in a version of its kind; the same one where it is.
    public static ObjectNode to(ResourceType type, ObjectNode object) {
        return as(type.apiVersion(), object);
    }

    /// An object in the version that is stored; the same one where it is.
    public static ObjectNode toStorage(ResourceType type, ObjectNode object) {
        return as(type.storageApiVersion(), object);
    }

    private static ObjectNode as(String apiVersion, ObjectNode object) {
        String is = object.path("apiVersion").asText();
        if (is.equals(apiVersion)) {
            return object;
        }
        Map<String, String> names = is.equals(EVENTS) ? TO_CORE : apiVersion.equals(EVENTS) ? FROM_CORE : Map.of();
        ObjectNode out = Json.object().put("apiVersion", apiVersion);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!field.getKey().equals("apiVersion")) {
                out.set(names.getOrDefault(field.getKey(), field.getKey()), field.getValue());
            }
        }
        if (apiVersion.equals(EVENTS)) {
            List.of("reportingController", "reportingInstance").forEach(field -> {
                if (out.path(field).asText().isEmpty()) {
                    out.remove(field);
                }
            });
        }
        if (is.equals("autoscaling/v1")) {
            percentToMetric(out);
        } else if (apiVersion.equals("autoscaling/v1")) {
            metricToPercent(out);
        }
        return out;
    }

    private static void percentToMetric(ObjectNode autoscaler) {
        if (autoscaler.path("spec").has(PERCENT)) {
            ObjectNode spec = Json.ownChild(autoscaler, "spec");
            int percent = spec.remove(PERCENT).asInt();
            ObjectNode resource =
                    spec.putArray("metrics").addObject().put("type", "Resource").putObject("resource");
            resource.put("name", "cpu")
                    .putObject("target")
                    .put("type", "Utilization")
                    .put("averageUtilization", percent);
        }
    }

    private static void metricToPercent(ObjectNode autoscaler) {
        JsonNode metrics = autoscaler.path("spec").path("metrics");
        if (!metrics.isMissingNode()) {
            ObjectNode spec = Json.ownChild(autoscaler, "spec");
            spec.remove("metrics");
            for (JsonNode metric : metrics) {
                JsonNode percent = metric.path("resource").path("target").path("averageUtilization");
                if (metric.path("resource").path("name").asText().equals("cpu") && percent.isInt()) {
                    spec.set(PERCENT, percent);
                }
            }
        }
    }
}
