package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// What an Application changes in the manifests that it deploys.
final class AppParameters {
    private AppParameters() {}

    /// A table, or nothing where it takes them as they are.
    static void print(PrintWriter out, JsonNode app) {
        List<List<String>> rows = new ArrayList<>();
        JsonNode source = app.at("/spec/source");
        for (String tool : List.of("kustomize", "directory")) {
            if (source.path(tool).isObject()) {
                FieldPaths.leaves(source.path(tool))
                        .forEach(leaf -> rows.add(List.of(tool + "." + leaf.path(), leaf.value())));
            }
        }
        if (!rows.isEmpty()) {
            out.println();
            Output.table(out, List.of("NAME", "VALUE"), rows);
        }
    }
}
