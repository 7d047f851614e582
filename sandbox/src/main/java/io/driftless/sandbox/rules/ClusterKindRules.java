package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What makes classes of priority, of storage and of ingresses invalid; little of them ever changes.
public final class ClusterKindRules {
    private static final int HIGHEST_PRIORITY = 1_000_000_000;
    private static final Pattern CONTROLLER = Pattern.compile("[^/\\s]+/\\S+");

    /// The classes that every cluster has.
    private static final Map<String, Integer> SYSTEM_PRIORITIES =
            Map.of("system-node-critical", 2_000_001_000, "system-cluster-critical", 2_000_000_000);

    private ClusterKindRules() {}

    static void priority(JsonNode priority, @Nullable JsonNode before, List<Violation> out) {
        JsonNode policy = priority.path("preemptionPolicy");
        if (before != null) {
            if (priority.path("value").asInt() != before.path("value").asInt()) {
                out.add(Violation.forbidden("value", "may not be changed in an update."));
            }
            unmoved("preemptionPolicy", priority, before, out);
            return;
        }
        String name = Json.name(priority);
        if (name.startsWith("system-")) {
            String why = notOfTheSystem(name, priority);
            if (!why.isEmpty()) {
                out.add(Violation.forbidden(
                        "metadata.name",
                        "priority class names with 'system-' prefix are reserved for system use only. error: " + why));
            }
        } else if (priority.path("value").asInt() > HIGHEST_PRIORITY) {
            out.add(Violation.forbidden(
                    "value", "maximum allowed value of a user defined priority is " + HIGHEST_PRIORITY));
        }
        if (policy.asText().isEmpty()) {
            out.add(Violation.required("preemptionPolicy", ""));
        } else {
            ServiceRules.oneOf("preemptionPolicy", policy, List.of("PreemptLowerPriority", "Never"), out);
        }
    }

    /// Why a class is none of those that every cluster has; empty where it is one.
    private static String notOfTheSystem(String name, JsonNode priority) {
        Integer value = SYSTEM_PRIORITIES.get(name);
        if (value == null) {
            return name + " is not a known system priority class";
        }
        if (priority.path("value").asInt() != value) {
            return "value of " + name + " PriorityClass must be " + value;
        }
        return priority.path("globalDefault").asBoolean()
                ? "globalDefault of " + name + " PriorityClass must be false"
                : "";
    }

    static void storage(JsonNode storage, @Nullable JsonNode before, List<Violation> out) {
        String provisioner = storage.path("provisioner").asText();
        if (provisioner.isEmpty()) {
            out.add(Violation.required("provisioner", ""));
        } else {
            Names.key("provisioner", provisioner.toLowerCase(java.util.Locale.ROOT), out);
        }
        if (storage.path("parameters").has("")) {
            out.add(Names.invalid("parameters", "", "field can not be empty."));
        }
        ServiceRules.oneOf("reclaimPolicy", storage.path("reclaimPolicy"), List.of("Delete", "Retain"), out);
        ServiceRules.oneOf(
                "volumeBindingMode",
                storage.path("volumeBindingMode"),
                List.of("Immediate", "WaitForFirstConsumer"),
                out);
        topologies(storage.path("allowedTopologies"), out);
        if (before != null) {
            for (String field : List.of("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode")) {
                unmoved(field, storage, before, out);
            }
        }
    }

    private static void topologies(JsonNode topologies, List<Violation> out) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < topologies.size(); i++) {
            String at = "allowedTopologies[" + i + "].matchLabelExpressions";
            JsonNode expressions = topologies.get(i).path("matchLabelExpressions");
            if (expressions.isEmpty()) {
                out.add(Violation.duplicate(at, TextNode.valueOf("")));
            }
            for (int j = 0; j < expressions.size(); j++) {
                String here = at + "[" + j + "]";
                Names.key(here + ".key", expressions.get(j).path("key").asText(), out);
                if (expressions.get(j).path("values").isEmpty()) {
                    out.add(Violation.required(here + ".values", ""));
                }
            }
            if (!expressions.isEmpty() && !seen.add(expressions.toString())) {
                out.add(Violation.duplicate(at, TextNode.valueOf("")));
            }
        }
    }

    static void ingresses(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        JsonNode controller = TextNode.valueOf(spec.path("controller").asText());
        if (before != null && !before.path("spec").path("controller").asText().equals(controller.asText())) {
            out.add(Violation.invalid("spec.controller", controller, "field is immutable"));
        }
        if (controller.asText().isEmpty()) {
            out.add(Violation.required("spec.controller", ""));
        } else if (!CONTROLLER.matcher(controller.asText()).matches()) {
            out.add(Violation.invalid(
                    "spec.controller", controller, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
        }
        if (spec.has("parameters")) {
            parameters(spec.path("parameters"), out);
        }
    }

    private static void parameters(JsonNode parameters, List<Violation> out) {
        String at = "spec.parameters.";
        for (String field : List.of("kind", "name")) {
            if (parameters.path(field).asText().isEmpty()) {
                out.add(Violation.required(at + field, ""));
            }
        }
        JsonNode scope = parameters.path("scope");
        ServiceRules.oneOf(at + "scope", scope, List.of("Cluster", "Namespace"), out);
        if (scope.asText().equals("Namespace") && !parameters.has("namespace")) {
            out.add(Violation.required(at + "namespace", "`parameters.scope` is set to 'Namespace'"));
        } else if (scope.asText().equals("Cluster") && parameters.has("namespace")) {
            out.add(Violation.forbidden(at + "namespace", "`parameters.scope` is set to 'Cluster'"));
        }
    }

    private static void unmoved(String field, JsonNode now, JsonNode before, List<Violation> out) {
        if (!now.path(field).equals(before.path(field))) {
            JsonNode shown = now.path(field);
            JsonNode absent = before.path(field).isObject() ? Json.MAPPER.nullNode() : TextNode.valueOf("");
            out.add(Violation.invalid(field, shown.isMissingNode() ? absent : shown, "field is immutable"));
        }
    }
}
