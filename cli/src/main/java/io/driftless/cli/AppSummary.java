package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// An Application in words.
final class AppSummary {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z 'UTC'").withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final JsonNode app;

    private AppSummary(PrintWriter out, JsonNode app) {
        this.out = out;
        this.app = app;
    }

    /// What it is and how it is.
    ///
    /// @param url of its web page
    /// @param windows the answer of the method GetApplicationSyncWindows; anything else where nobody asked
    static void print(PrintWriter out, JsonNode app, String url, JsonNode windows) {
        new AppSummary(out, app).print(url, windows);
    }

    private void print(String url, JsonNode windows) {
        line("Name", AppRow.name(app));
        line("Project", text("/spec/project"));
        line("Server", AppRow.server(app));
        line("Namespace", text("/spec/destination/namespace"));
        line("URL", url);
        List<JsonNode> sources = new ArrayList<>();
        app.at("/spec/sources").forEach(sources::add);
        out.println(sources.isEmpty() ? "Source:" : "Sources:");
        if (sources.isEmpty()) {
            sources.add(app.at("/spec/source"));
        }
        sources.forEach(this::source);
        windows(windows);
        JsonNode automated = app.at("/spec/syncPolicy/automated");
        line(
                "Sync Policy",
                !AppRow.automated(automated)
                        ? "Manual"
                        : "Automated" + (automated.path("prune").asBoolean() ? " (Prune)" : ""));
        line("Sync Status", syncStatus());
        line("Health Status", AppRow.known(app.at("/status/health/status")));
    }

    private void source(JsonNode source) {
        line("- Repo", source.path("repoURL").asText());
        line("  Target", source.path("targetRevision").asText());
        if (!source.path("path").asText("").isEmpty()) {
            line("  Path", source.path("path").asText());
        }
    }

    private void windows(JsonNode windows) {
        List<String> assigned = new ArrayList<>();
        windows.path("assignedWindows")
                .forEach(window -> assigned.add(String.join(
                        ":",
                        window.path("kind").asText(),
                        window.path("schedule").asText(),
                        window.path("duration").asText())));
        boolean allowed = false;
        boolean denied = false;
        for (JsonNode active : windows.path("activeWindows")) {
            allowed |= active.path("kind").asText().equals("allow");
            denied |= active.path("kind").asText().equals("deny");
        }
        boolean shut = denied || (!allowed && assigned.stream().anyMatch(window -> window.startsWith("allow")));
        line(
                "SyncWindow",
                !shut ? "Sync Allowed" : windows.path("canSync").asBoolean() ? "Manual Allowed" : "Sync Denied");
        if (!assigned.isEmpty()) {
            line("Assigned Windows", String.join(",", assigned));
        }
    }

    private String syncStatus() {
        String status = AppRow.known(app.at("/status/sync/status"));
        String target = text("/spec/source/targetRevision");
        String revision = text("/status/sync/revision");
        String aim = switch (status) {
            case "Synced" -> " to " + target;
            case "OutOfSync" -> " from " + target;
            default -> "";
        };
        boolean commit = target.matches("[0-9a-f]{7,40}");
        return status + aim + (commit || revision.length() <= 7 ? "" : " " + shortRevision(revision));
    }

    /// What is amiss with it.
    static void conditions(PrintWriter out, JsonNode app) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode condition : app.at("/status/conditions")) {
            rows.add(List.of(
                    condition.path("type").asText(),
                    condition.path("message").asText(),
                    time(condition.path("lastTransitionTime").asText(""))));
        }
        if (!rows.isEmpty()) {
            out.println();
            Output.table(out, List.of("CONDITION", "MESSAGE", "LAST TRANSITION"), rows);
        }
    }

    /// What its last operation did.
    static void operation(PrintWriter out, JsonNode app) {
        JsonNode state = app.at("/status/operationState");
        if (state.isObject()) {
            new AppSummary(out, app).operation(state);
        }
    }

    private void operation(JsonNode state) {
        out.println();
        line("Operation", "Sync");
        line("Sync Revision", state.at("/syncResult/revision").asText());
        line("Phase", state.path("phase").asText());
        String start = state.path("startedAt").asText("");
        String end = state.path("finishedAt").asText("");
        line("Start", time(start));
        line("Finished", end.isEmpty() ? "<nil>" : time(end));
        Instant until = end.isEmpty() ? Instant.now() : Instant.parse(end);
        line("Duration", start.isEmpty() ? "" : Ages.exact(Duration.between(Instant.parse(start), until)));
        if (!state.path("message").asText("").isEmpty()) {
            line("Message", state.path("message").asText());
        }
    }

    /// The seven figures by which people know a commit.
    static String shortRevision(String revision) {
        return revision.length() > 7 ? "(" + revision.substring(0, 7) + ")" : revision;
    }

    private static String time(String timestamp) {
        return timestamp.isEmpty() ? "<nil>" : TIME.format(Instant.parse(timestamp));
    }

    private String text(String pointer) {
        return app.at(pointer).asText("");
    }

    private void line(String name, String value) {
        out.println(((name + ":" + " ".repeat(20)).substring(0, 20) + value).stripTrailing());
    }
}
