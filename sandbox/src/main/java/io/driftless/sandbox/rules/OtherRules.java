package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.List;

/// What makes objects of kinds with few rules invalid.
public final class OtherRules {
    private OtherRules() {}

    static void lease(JsonNode spec, List<Violation> out) {
        JsonNode seconds = spec.path("leaseDurationSeconds");
        if (!seconds.isMissingNode() && seconds.asInt() <= 0) {
            out.add(Violation.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0"));
        }
        if (spec.path("leaseTransitions").asInt() < 0) {
            out.add(Violation.invalid(
                    "spec.leaseTransitions", spec.path("leaseTransitions"), "must be greater than or equal to 0"));
        }
    }
}
