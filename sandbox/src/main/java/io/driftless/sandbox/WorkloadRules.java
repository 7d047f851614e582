package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What makes a workload with a selector and a template invalid.
final class WorkloadRules {
    private static final List<String> COUNTS =
            List.of("replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds");

    private WorkloadRules() {}

    static void add(ResourceType type, JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        if (spec.path("replicas").asInt() < 0) {
            negative("replicas", spec, out);
        }
        selector(type, spec.path("selector"), out);
        template(spec, out);
        PodRules.add("spec.template.spec", spec.path("template").path("spec"), out);
        JsonNode restart = spec.path("template").path("spec").path("restartPolicy");
        if (List.of("OnFailure", "Never").contains(restart.asText())) {
            ServiceRules.oneOf("spec.template.spec.restartPolicy", restart, List.of("Always"), out);
        }
        if (type.id().equals("deployments.apps")) {
            strategy(spec.path("strategy"), out);
        }
        for (String count : COUNTS.subList(1, COUNTS.size())) {
            if (spec.path(count).asInt() < 0) {
                negative(count, spec, out);
            }
        }
        int deadline = spec.path("progressDeadlineSeconds").asInt(Integer.MAX_VALUE);
        if (deadline <= spec.path("minReadySeconds").asInt()) {
            out.add(Violation.invalid(
                    "spec.progressDeadlineSeconds",
                    Integer.toString(deadline),
                    "must be greater than minReadySeconds"));
        }
        if (before != null && !before.path("spec").path("selector").equals(spec.path("selector"))) {
            out.add(Violation.invalid("spec.selector", spec.path("selector").toString(), "field is immutable"));
        }
        if (before != null && type.id().equals("statefulsets.apps")) {
            lasting(spec, before.path("spec"), out);
        }
    }

    private static void negative(String field, JsonNode spec, List<Violation> out) {
        out.add(Violation.invalid("spec." + field, spec.path(field), "must be greater than or equal to 0"));
    }

    private static void selector(ResourceType type, JsonNode selector, List<Violation> out) {
        if (selector.isMissingNode()) {
            if (!type.id().equals("daemonsets.apps")) {
                out.add(Violation.required("spec.selector", ""));
            }
        } else if (selector.isEmpty()) {
            out.add(Violation.invalid(
                    "spec.selector",
                    "{}",
                    "empty selector is invalid for "
                            + (type.id().equals("deployments.apps") ? "deployment" : type.singular())));
        }
        expressions("spec.selector", selector, out);
    }

    static void expressions(String at, JsonNode selector, List<Violation> out) {
        int before = out.size();
        for (int i = 0; i < selector.path("matchExpressions").size(); i++) {
            JsonNode one = selector.path("matchExpressions").get(i);
            String here = at + ".matchExpressions[" + i + "]";
            boolean values = !one.path("values").isEmpty();
            switch (one.path("operator").asText()) {
                case "In", "NotIn" -> {
                    if (!values) {
                        out.add(Violation.required(
                                here + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
                    }
                }
                case "Exists", "DoesNotExist" -> {
                    if (values) {
                        out.add(Violation.forbidden(
                                here + ".values",
                                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                    }
                }
                default ->
                    out.add(Violation.invalid(
                            here + ".operator", one.path("operator"), "not a valid selector operator"));
            }
        }
        if (out.size() > before) {
            out.add(Violation.invalid(at, selector.toString(), "invalid label selector"));
        }
    }

    private static void template(JsonNode spec, List<Violation> out) {
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        JsonNode selector = spec.path("selector");
        boolean fits = !selector.isMissingNode();
        for (Map.Entry<String, JsonNode> entry : selector.path("matchLabels").properties()) {
            fits &= entry.getValue().equals(labels.get(entry.getKey()));
        }
        if (!fits) {
            out.add(Violation.invalid(
                    "spec.template.metadata.labels",
                    labels.isMissingNode() ? "null" : labels.toString(),
                    "`selector` does not match template `labels`"));
        }
    }

    private static void strategy(JsonNode strategy, List<Violation> out) {
        JsonNode rolling = strategy.path("rollingUpdate");
        switch (strategy.path("type").asText()) {
            case "Recreate" -> {
                if (rolling.isObject()) {
                    out.add(Violation.forbidden(
                            "spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'"));
                }
            }
            case "RollingUpdate" -> {
                if (none(rolling.path("maxSurge")) && none(rolling.path("maxUnavailable"))) {
                    out.add(Violation.invalid(
                            "spec.strategy.rollingUpdate.maxUnavailable",
                            rolling.path("maxUnavailable").toString(),
                            "may not be 0 when `maxSurge` is 0"));
                }
            }
            default ->
                out.add(Violation.worded(
                        "spec.strategy",
                        "Unsupported value: {\"Type\":" + strategy.path("type")
                                + ",\"RollingUpdate\":null}: supported values: \"Recreate\", \"RollingUpdate\""));
        }
    }

    private static boolean none(JsonNode amount) {
        return amount.asText().equals("0") || amount.asText().equals("0%");
    }

    private static void lasting(JsonNode spec, JsonNode before, List<Violation> out) {
        if (!rest(spec).equals(rest(before))) {
            out.add(Violation.forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy',"
                            + " 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                            + " forbidden"));
        }
    }

    private static ObjectNode rest(JsonNode spec) {
        ObjectNode out = Json.object();
        for (String field : List.of("serviceName", "podManagementPolicy", "volumeClaimTemplates")) {
            if (spec.has(field)) {
                out.set(field, spec.get(field));
            }
        }
        return out;
    }
}
