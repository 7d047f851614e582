package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.util.List;
import java.util.Map;

/// The spec of a pod as it would be without the changes that are allowed. What remains of them is refused.
final class PodChanges {
    private static final List<String> FREE = List.of("activeDeadlineSeconds", "tolerations", "schedulingGates");
    private static final String ADDITIONS =
            "only additions to spec.nodeSelector are allowed (no mutations or deletions)";

    private PodChanges() {}

    /// Complains about what only a pod that waits for its gates may change, and not in this way.
    static JsonNode disregarded(Part spec, JsonNode before) {
        ObjectNode out = spec.value().deepCopy();
        FREE.forEach(field -> Json.copy(before, out, field));
        for (String list : List.of("containers", "initContainers")) {
            for (int i = 0; i < out.path(list).size(); i++) {
                Json.copy(before.path(list).path(i), (ObjectNode) out.path(list).get(i), "image");
            }
        }
        if (before.path("terminationGracePeriodSeconds").asLong() < 0
                && out.path("terminationGracePeriodSeconds").asLong() == 1) {
            Json.copy(before, out, "terminationGracePeriodSeconds");
        }
        if (!before.path("schedulingGates").isEmpty()) {
            selector(spec, before);
            Json.copy(before, out, "nodeSelector");
            terms(spec, before);
            affinity(out, before);
        }
        return out;
    }

    private static void selector(Part spec, JsonNode before) {
        JsonNode now = spec.value().path("nodeSelector");
        for (Map.Entry<String, JsonNode> label : before.path("nodeSelector").properties()) {
            if (!label.getValue().equals(now.path(label.getKey()))) {
                spec.in("nodeSelector").invalidLabels(ADDITIONS);
                return;
            }
        }
    }

    /// A term may ask for more than before, not for something else.
    private static void terms(Part spec, JsonNode before) {
        String terms = "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";
        JsonNode was = before.at(terms);
        Part required = spec.in("affinity").in("nodeAffinity").in("requiredDuringSchedulingIgnoredDuringExecution");
        Part all = required.in("nodeSelectorTerms");
        if (was.isEmpty() || was.equals(all.value())) {
            return;
        }
        if (was.size() != all.value().size()) {
            all.invalid(
                    InternalText.NODE_TERMS.of(all.value()),
                    "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        List<Part> parts = required.each("nodeSelectorTerms");
        for (int i = 0; i < parts.size(); i++) {
            Part term = parts.get(i);
            JsonNode old = was.get(i);
            if (!begins(term.value().path("matchExpressions"), old.path("matchExpressions"))
                    || !begins(term.value().path("matchFields"), old.path("matchFields"))) {
                term.invalid(
                        InternalText.NODE_TERM.of(term.value()),
                        "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static boolean begins(JsonNode now, JsonNode was) {
        for (int i = 0; i < was.size(); i++) {
            if (!was.get(i).equals(now.path(i))) {
                return false;
            }
        }
        return true;
    }

    private static void affinity(ObjectNode out, JsonNode before) {
        JsonNode was = before.path("affinity").path("nodeAffinity");
        if (!was.equals(out.path("affinity").path("nodeAffinity"))) {
            ObjectNode affinity = Json.child(out, "affinity");
            Json.copy(before.path("affinity"), affinity, "nodeAffinity");
            if (affinity.isEmpty() && !before.has("affinity")) {
                out.remove("affinity");
            }
        }
    }
}
