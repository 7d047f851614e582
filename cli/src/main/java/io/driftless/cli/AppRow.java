package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// An Application in one line.
final class AppRow {
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

    private AppRow() {}

    static List<String> of(JsonNode app) {
        JsonNode spec = app.path("spec");
        JsonNode source = spec.path("source");
        return List.of(
                name(app),
                server(app),
                spec.at("/destination/namespace").asText(),
                spec.path("project").asText(),
                known(app.at("/status/sync/status")),
                known(app.at("/status/health/status")),
                policy(spec.at("/syncPolicy/automated")),
                conditions(app.at("/status/conditions")),
                source.path("repoURL").asText(),
                source.path("path").asText(),
                source.path("targetRevision").asText());
    }

    static String name(JsonNode app) {
        return app.at("/metadata/namespace").asText()
                + '/'
                + app.at("/metadata/name").asText();
    }

    /// Where it goes: the address of the cluster, or its name where it is known by that.
    static String server(JsonNode app) {
        JsonNode destination = app.at("/spec/destination");
        return destination.path("server").asText(destination.path("name").asText());
    }

    /// What is said of it, or that nothing is known.
    static String known(JsonNode value) {
        return value.asText("").isEmpty() ? "Unknown" : value.asText();
    }

    static boolean automated(JsonNode automated) {
        return automated.isObject() && automated.path("enabled").asBoolean(true);
    }

    private static String policy(JsonNode automated) {
        return !automated(automated) ? "Manual" : automated.path("prune").asBoolean() ? "Auto-Prune" : "Auto";
    }

    private static String conditions(JsonNode conditions) {
        List<String> types = new ArrayList<>();
        conditions.forEach(condition -> types.add(condition.path("type").asText()));
        return types.isEmpty() ? "<none>" : String.join(",", types);
    }
}
