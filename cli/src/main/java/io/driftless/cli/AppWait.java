package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What somebody waits for.
///
/// @param choices resources that have to be so, instead of the Application; empty for the Application
record AppWait(
        boolean sync,
        boolean health,
        boolean operation,
        boolean suspended,
        boolean degraded,
        List<ResourceChoice> choices) {
    /// Of nothing in particular: until it is synced, healthy and idle.
    AppWait orAll() {
        return sync || health || operation || suspended || degraded
                ? this
                : new AppWait(true, true, true, false, false, choices);
    }

    /// True when everything asked for holds.
    boolean holds(JsonNode app) {
        if (operation && running(app)) {
            return false;
        }
        if (choices.isEmpty()) {
            return holds(
                    app.at("/status/sync/status").asText(""),
                    app.at("/status/health/status").asText(""));
        }
        List<ResourceStates> meant = new ArrayList<>(ResourceStates.of(app));
        meant.removeIf(state -> !ResourceChoice.means(state, choices));
        return meant.stream().allMatch(state -> holds(state.status(), state.health()));
    }

    private boolean holds(String synced, String healthy) {
        boolean anyHealth = !(health || suspended || degraded);
        boolean well = anyHealth
                || (health && (healthy.isEmpty() || healthy.equals("Healthy")))
                || (suspended && healthy.equals("Suspended"))
                || (degraded && healthy.equals("Degraded"));
        return well && (!sync || synced.equals("Synced"));
    }

    private static boolean running(JsonNode app) {
        String phase = app.at("/status/operationState/phase").asText("");
        return app.hasNonNull("operation") || phase.equals("Running") || phase.equals("Terminating");
    }
}
