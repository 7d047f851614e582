package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.util.List;

/// What makes a budget of disruptions invalid.
public final class BudgetRules {
    private BudgetRules() {}

    static void add(JsonNode spec, List<Violation> out) {
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            out.add(Violation.invalid("spec", shown(spec), "minAvailable and maxUnavailable cannot be both set"));
        }
        ValueRules.share("spec.minAvailable", spec.path("minAvailable"), out);
        ValueRules.share("spec.maxUnavailable", spec.path("maxUnavailable"), out);
        SelectorRules.add("spec.selector", spec.path("selector"), out);
        ServiceRules.oneOf(
                "spec.unhealthyPodEvictionPolicy",
                spec.path("unhealthyPodEvictionPolicy"),
                List.of("AlwaysAllow", "IfHealthyBudget"),
                out);
    }

    /// By the names that the fields have within the real server.
    private static String shown(JsonNode spec) {
        JsonNode none = Json.MAPPER.nullNode();
        ObjectNode shown = Json.object();
        shown.set("MinAvailable", spec.path("minAvailable"));
        shown.set("Selector", spec.has("selector") ? ClaimText.selector(spec.path("selector")) : none);
        shown.set("MaxUnavailable", spec.path("maxUnavailable"));
        JsonNode policy = spec.path("unhealthyPodEvictionPolicy");
        shown.set("UnhealthyPodEvictionPolicy", policy.isMissingNode() ? none : policy);
        return shown.toString();
    }
}
