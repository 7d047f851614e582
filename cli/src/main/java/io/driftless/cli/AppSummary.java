package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// An Application in words.
final class AppSummary {
    static final List<String> HEADER = List.of(
            "NAME",
            "CLUSTER",
            "NAMESPACE",
            "PROJECT",
            "STATUS",
            "HEALTH",
            "SYNCPOLICY",
            "CONDITIONS",
            "REPO",
            "PATH",
            "TARGET");

    private AppSummary() {}

    static List<String> row(JsonNode app) {
        JsonNode spec = app.path("spec");
        JsonNode source = spec.path("source");
        JsonNode destination = spec.path("destination");
        return List.of(
                app.path("metadata").path("namespace").asText()
                        + '/'
                        + app.path("metadata").path("name").asText(),
                destination.path("server").asText(destination.path("name").asText()),
                destination.path("namespace").asText(),
                spec.path("project").asText(),
                text(app.path("status").path("sync").path("status")),
                text(app.path("status").path("health").path("status")),
                policy(spec.path("syncPolicy").path("automated")),
                conditions(app.path("status").path("conditions")),
                source.path("repoURL").asText(),
                source.path("path").asText(),
                source.path("targetRevision").asText());
    }

    private static String text(JsonNode value) {
        return value.asText("").isEmpty() ? "Unknown" : value.asText();
    }

    private static String policy(JsonNode automated) {
        if (!automated.isObject() || !automated.path("enabled").asBoolean(true)) {
            return "Manual";
        }
        return automated.path("prune").asBoolean() ? "Auto-Prune" : "Auto";
    }

    private static String conditions(JsonNode conditions) {
        List<String> types = new ArrayList<>();
        conditions.forEach(condition -> types.add(condition.path("type").asText()));
        return types.isEmpty() ? "<none>" : String.join(",", types);
    }

    /// Everything worth knowing about one application.
    static void print(PrintWriter out, JsonNode app) {
        JsonNode spec = app.path("spec");
        JsonNode status = app.path("status");
        JsonNode operation = status.path("operationState");
        line(
                out,
                "Name",
                app.path("metadata").path("namespace").asText()
                        + '/'
                        + app.path("metadata").path("name").asText());
        line(out, "Project", spec.path("project").asText());
        line(out, "Server", row(app).get(1));
        line(out, "Namespace", spec.path("destination").path("namespace").asText());
        line(out, "Repo", spec.path("source").path("repoURL").asText());
        line(out, "Target", spec.path("source").path("targetRevision").asText());
        line(out, "Path", spec.path("source").path("path").asText());
        line(out, "Sync Policy", row(app).get(6));
        line(
                out,
                "Sync Status",
                text(status.path("sync").path("status")) + " "
                        + shortRevision(status.path("sync").path("revision").asText()));
        line(out, "Health Status", text(status.path("health").path("status")));
        if (operation.isObject()) {
            line(
                    out,
                    "Operation",
                    operation.path("phase").asText() + "  "
                            + operation.path("message").asText());
        }
        for (JsonNode condition : status.path("conditions")) {
            out.println();
            out.println(condition.path("type").asText() + ": "
                    + condition.path("message").asText());
        }
        out.println();
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode resource : status.path("resources")) {
            rows.add(List.of(
                    resource.path("group").asText(),
                    resource.path("kind").asText(),
                    resource.path("namespace").asText(),
                    resource.path("name").asText(),
                    resource.path("status").asText(),
                    resource.path("health").path("status").asText()));
        }
        Output.table(out, List.of("GROUP", "KIND", "NAMESPACE", "NAME", "STATUS", "HEALTH"), rows);
    }

    static String shortRevision(String revision) {
        return revision.length() > 7 ? "(" + revision.substring(0, 7) + ")" : revision;
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println((name + ":" + " ".repeat(20)).substring(0, 20) + value);
    }
}
