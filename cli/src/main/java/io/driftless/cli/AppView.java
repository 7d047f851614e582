package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.PrintWriter;

/// Shows an Application as `-o` wants it.
///
/// @param ref as the server is asked about it
record AppView(PrintWriter out, Output.Format format, ApiClient api, ApplicationRef ref) {
    /// What a command that only looks shows.
    ///
    /// @param operation whether the last operation is shown
    /// @param parameters whether is shown what it changes in its manifests
    void looked(JsonNode app, boolean operation, boolean parameters) {
        if (plain(app)) {
            return;
        }
        AppSummary.print(out, app, url(), api.find(ref.path("/syncwindows", "")).orElse(MissingNode.getInstance()));
        AppSummary.conditions(out, app);
        if (operation) {
            AppSummary.operation(out, app);
        }
        if (parameters) {
            AppParameters.print(out, app);
        }
        resources(app);
        out.flush();
    }

    /// What a command shows that has waited.
    ///
    /// @param operation whether it waited for an operation
    void waited(JsonNode app, boolean operation) {
        if (plain(app)) {
            return;
        }
        out.println();
        AppSummary.print(out, app, url(), MissingNode.getInstance());
        AppSummary.conditions(out, app);
        if (operation) {
            AppSummary.operation(out, app);
        }
        resources(app);
        out.flush();
    }

    /// Whether the format has no summary.
    private boolean plain(JsonNode app) {
        if (format == Output.Format.name) {
            out.println(AppRow.name(app));
            out.flush();
        } else if (Output.forMachines(format)) {
            Output.print(out, format, app);
        } else {
            return false;
        }
        return true;
    }

    private void resources(JsonNode app) {
        if (app.at("/status/resources").isEmpty()) {
            return;
        }
        out.println();
        if (Output.isTree(format)) {
            AppTree.print(out, app, api.get(ref.path("/resource-tree", "")), format == Output.Format.treeDetailed);
        } else {
            Output.table(
                    out,
                    ResourceStates.HEADER,
                    ResourceStates.of(app).stream().map(ResourceStates::row).toList());
        }
    }

    private String url() {
        String known = api.find("/api/v1/settings")
                .map(settings -> settings.path("url").asText(""))
                .orElse("");
        String base = known.isEmpty() ? api.server() : known;
        String page = ref.namespace().isEmpty() ? ref.name() : ref.namespace() + '/' + ref.name();
        return base.replaceAll("/+$", "") + "/applications/" + page;
    }
}
