package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Health as Argo CD names it, best first: an application is as healthy as its worst resource.
public enum HealthStatus {
    @JsonProperty("Healthy")
    HEALTHY("Healthy"),
    @JsonProperty("Suspended")
    SUSPENDED("Suspended"),
    @JsonProperty("Progressing")
    PROGRESSING("Progressing"),
    @JsonProperty("Missing")
    MISSING("Missing"),
    @JsonProperty("Degraded")
    DEGRADED("Degraded"),
    @JsonProperty("Unknown")
    UNKNOWN("Unknown");

    private final String text;

    HealthStatus(String text) {
        this.text = text;
    }

    public boolean worseThan(HealthStatus other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
