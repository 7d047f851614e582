package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// The health of one object, with the reason that its controller gives.
public record Health(
        @JsonPropertyDescription("Healthy, Suspended, Progressing, Missing, Degraded or Unknown.")
        HealthStatus status,

        @JsonPropertyDescription("Why, in words; may be empty.")
        String message) {
    public Health {
        Check.given("health status", status);
        message = message == null ? "" : message;
    }

    public static Health of(HealthStatus status) {
        return new Health(status, "");
    }
}
