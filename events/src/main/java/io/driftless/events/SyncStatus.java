package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Whether live state is what Git says (Argo CD: `status.sync.status`).
public enum SyncStatus {
    @JsonProperty("Synced")
    SYNCED("Synced"),
    @JsonProperty("OutOfSync")
    OUT_OF_SYNC("OutOfSync"),
    @JsonProperty("Unknown")
    UNKNOWN("Unknown");

    private final String text;

    SyncStatus(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
