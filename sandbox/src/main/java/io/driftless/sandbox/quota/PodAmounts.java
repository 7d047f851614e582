package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;

/// What a pod as a whole asks for and may have: its containers run together, those that prepare it one after the
/// other beside the ones that stay, and what the pod itself says goes before what its containers do.
final class PodAmounts {
    private PodAmounts() {}

    /// @param part `requests` or `limits`
    static Amounts of(JsonNode spec, String part) {
        Amounts running = Amounts.NONE;
        for (JsonNode container : spec.path("containers")) {
            running = running.plus(own(container, part));
        }
        Amounts staying = Amounts.NONE;
        Amounts preparing = Amounts.NONE;
        for (JsonNode container : spec.path("initContainers")) {
            Amounts own = own(container, part);
            if (container.path("restartPolicy").asText().equals("Always")) {
                running = running.plus(own);
                staying = staying.plus(own);
                preparing = preparing.max(staying);
            } else {
                preparing = preparing.max(own.plus(staying));
            }
        }
        Amounts whole = running.max(preparing).overriddenBy(own(spec, part));
        Amounts overhead = Amounts.of(spec.path("overhead"));
        return whole.plus(part.equals("limits") ? overhead.only(whole.names()) : overhead);
    }

    /// What one container, or the pod itself, says in `resources`.
    static Amounts own(JsonNode container, String part) {
        return Amounts.of(container.path("resources").path(part));
    }
}
