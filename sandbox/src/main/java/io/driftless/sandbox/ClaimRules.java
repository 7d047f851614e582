package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.custom.Violation;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes a claim of a volume invalid. Once it is there, only a bound one may change, and only in what it asks for.
final class ClaimRules {
    private static final List<String> MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    private ClaimRules() {}

    static void add(JsonNode claim, @Nullable JsonNode before, List<Violation> out) {
        JsonNode spec = claim.path("spec");
        if (spec.path("accessModes").isEmpty()) {
            out.add(Violation.required("spec.accessModes", "at least 1 access mode is required"));
        }
        spec.path("accessModes").forEach(mode -> ServiceRules.oneOf("spec.accessModes", mode, MODES, out));
        JsonNode storage = spec.path("resources").path("requests").path("storage");
        if (storage.isMissingNode()) {
            out.add(Violation.required("spec.resources[storage]", ""));
        } else if (Quantities.parse(storage.asText()).orElse(BigDecimal.ZERO).signum() <= 0) {
            out.add(Violation.invalid("spec.resources[storage]", storage, "must be greater than zero"));
        }
        if (before != null && !lasting(before).equals(lasting(claim))) {
            out.add(Violation.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims"));
        }
    }

    /// What must stay as it is.
    private static ObjectNode lasting(JsonNode claim) {
        ObjectNode out = Json.object();
        if (claim.path("spec") instanceof ObjectNode spec) {
            out.setAll(spec);
        }
        out.remove(List.of("storageClassName", "volumeName", "volumeAttributesClassName"));
        if (claim.path("status").path("phase").asText().equals("Bound")) {
            out.remove("resources");
        }
        return out;
    }
}
