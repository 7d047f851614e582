package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/// Tells whoever waits for an Application each state that it passes, on standard error; machines are told nothing.
final class WaitProgress {
    private final PrintWriter err;
    private final boolean quiet;
    private String last = "";

    /// @param quiet whether nothing is said
    WaitProgress(PrintWriter err, boolean quiet) {
        this.err = err;
        this.quiet = quiet;
    }

    void saw(JsonNode app) {
        JsonNode status = app.path("status");
        JsonNode operation = status.path("operationState");
        String now = status.at("/sync/status").asText("Unknown") + ", "
                + status.at("/health/status").asText("Unknown") + operation(operation);
        if (!quiet && !now.equals(last)) {
            err.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  "
                    + app.at("/metadata/name").asText() + ": " + now);
            err.flush();
        }
        last = now;
    }

    private static String operation(JsonNode operation) {
        String phase = operation.path("phase").asText("");
        String message = operation.path("message").asText("");
        return phase.isEmpty() ? "" : ", operation " + phase + (message.isEmpty() ? "" : ": " + message);
    }
}
