package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a LimitRange fills in: what containers leave open of their requests and limits, and an annotation that says so.
public final class LimitDefaults {
    private static final String ANNOTATION = "kubernetes.io/limit-ranger";

    private LimitDefaults() {}

    /// Completes a new pod.
    public static void complete(JsonNode range, ObjectNode pod) {
        List<String> set = new ArrayList<>();
        for (JsonNode limit : range.path("spec").path("limits")) {
            if (limit.path("type").asText().equals("Container")) {
                pod.path("spec").path("containers").forEach(c -> complete(limit, c, "container ", set));
                pod.path("spec").path("initContainers").forEach(c -> complete(limit, c, "init container ", set));
            }
        }
        if (!set.isEmpty()) {
            ((ObjectNode) pod.path("metadata"))
                    .withObjectProperty("annotations")
                    .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", set));
        }
    }

    private static void complete(JsonNode limit, JsonNode container, String sort, List<String> set) {
        String whom = " for " + sort + container.path("name").asText();
        add(limit.path("defaultRequest"), (ObjectNode) container, "requests", " request" + whom, set);
        add(limit.path("default"), (ObjectNode) container, "limits", " limit" + whom, set);
    }

    private static void add(JsonNode defaults, ObjectNode container, String part, String what, List<String> set) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> amount : defaults.properties()) {
            ObjectNode amounts = container.withObjectProperty("resources").withObjectProperty(part);
            if (!amounts.has(amount.getKey())) {
                amounts.set(amount.getKey(), amount.getValue());
                names.add(amount.getKey());
            }
        }
        if (!names.isEmpty()) {
            set.add(String.join(", ", names.stream().sorted().toList()) + what);
        }
    }
}
