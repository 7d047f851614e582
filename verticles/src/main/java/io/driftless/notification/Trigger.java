package io.driftless.notification;

import java.util.Optional;

/// What can be told, under the names of Argo CD's catalogue.
public enum Trigger {
    ON_CREATED("on-created", false),
    ON_DELETED("on-deleted", false),
    ON_DEPLOYED("on-deployed", false),
    ON_HEALTH_DEGRADED("on-health-degraded", true),
    ON_SYNC_FAILED("on-sync-failed", false),
    ON_SYNC_RUNNING("on-sync-running", false),
    ON_SYNC_STATUS_UNKNOWN("on-sync-status-unknown", true),
    ON_SYNC_SUCCEEDED("on-sync-succeeded", false);

    private final String text;
    private final boolean state;

    Trigger(String text, boolean state) {
        this.text = text;
        this.state = state;
    }

    /// Whether it is about a state that lasts and passes, rather than about something that happened.
    public boolean state() {
        return state;
    }

    public static Optional<Trigger> named(String text) {
        for (Trigger trigger : values()) {
            if (trigger.text.equals(text)) {
                return Optional.of(trigger);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
