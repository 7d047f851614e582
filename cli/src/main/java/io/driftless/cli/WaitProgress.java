package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells whoever waits for an Application each state that its resources pass, line by line under one head; machines are
/// told nothing.
final class WaitProgress {
    private static final int[] WIDTHS = {20, 20, 18, 20, 22, 10, 12, 6, 0};
    private final PrintWriter out;
    private final List<ResourceChoice> choices;
    private final boolean quiet;
    private final Map<String, ResourceStates> last = new HashMap<>();
    private boolean begun;

    /// @param choices which resources are told of; empty for all
    /// @param quiet whether nothing is said
    WaitProgress(PrintWriter out, List<ResourceChoice> choices, boolean quiet) {
        this.out = out;
        this.choices = choices;
        this.quiet = quiet;
    }

    /// Fails with exit code 20 when a resource has just lost its health.
    ///
    /// @param healthy whether health is waited for
    void saw(JsonNode app, boolean healthy) {
        for (ResourceStates now : ResourceStates.of(app)) {
            if (!ResourceChoice.means(now, choices)) {
                continue;
            }
            ResourceStates before = last.put(now.key() + ' ' + now.hook(), now);
            if (!now.equals(before)) {
                say(now);
            }
            if (healthy && before != null && fell(before.health(), now.health())) {
                throw new CommandFailure(
                        ExitCode.API,
                        "application '" + app.at("/metadata/name").asText() + "' health state of " + now.kind() + '/'
                                + now.name() + " has transitioned from " + before.health() + " to " + now.health());
            }
        }
        out.flush();
    }

    private static boolean fell(String before, String now) {
        return now.equals("Degraded") && !List.of("Degraded", "Unknown", "").contains(before);
    }

    private void say(ResourceStates state) {
        if (quiet) {
            return;
        }
        if (!begun) {
            line("TIMESTAMP", ResourceStates.HEADER);
            begun = true;
        }
        line(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), state.row());
    }

    private void line(String time, List<String> cells) {
        StringBuilder line = new StringBuilder(padded(time, WIDTHS[0]));
        for (int i = 0; i < cells.size(); i++) {
            line.append("  ").append(padded(cells.get(i), WIDTHS[i + 1]));
        }
        out.println(line.toString().stripTrailing());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
