package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// Waiting until an application is as wished.
record AppWait(boolean sync, boolean health, boolean operation) {
    /// True when everything asked for holds (nothing asked for means all three, as argocd has it).
    boolean holds(JsonNode app) {
        boolean all = !sync && !health && !operation;
        JsonNode status = app.path("status");
        boolean done = app.path("operation").isMissingNode()
                && !"Running".equals(status.path("operationState").path("phase").asText());
        return (!(sync || all)
                        || "Synced".equals(status.path("sync").path("status").asText()))
                && (!(health || all)
                        || "Healthy".equals(status.path("health").path("status").asText()))
                && (!(operation || all) || done);
    }

    /// Follows the application until it holds; fails with exit code 20 when `limit` passes before.
    JsonNode await(ApiClient api, ApplicationRef app, Duration limit, WaitProgress progress) {
        JsonNode[] last = {api.get(app.path("", ""))};
        progress.saw(last[0]);
        if (holds(last[0])) {
            return last[0];
        }
        boolean held = api.stream(app.streamPath(), limit, result -> {
            last[0] = result.path("application");
            progress.saw(last[0]);
            return holds(last[0]);
        });
        if (!held) {
            throw new CommandFailure(
                    ExitCode.API, "timed out (" + limit.toSeconds() + "s) waiting for app \"" + app.name() + "\"");
        }
        return last[0];
    }
}
