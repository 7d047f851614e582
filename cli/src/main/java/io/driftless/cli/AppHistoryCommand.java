package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app history APP`
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "List the deployments of an Application; driftless app rollback takes their ids.")
final class AppHistoryCommand implements Callable<Integer> {
    /// The values of -o.
    enum Format {
        wide,
        id,
        json,
        yaml
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "wide",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Format format = Format.wide;

    @Override
    public Integer call() {
        JsonNode history = server.api().get(app.ref().path("", "")).at("/status/history");
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> Output.print(out, Output.Format.json, Output.listOf(history));
            case yaml -> Output.print(out, Output.Format.yaml, Output.listOf(history));
            case id -> history.forEach(entry -> out.println(entry.path("id").asText()));
            case wide -> tables(out, history);
        }
        out.flush();
        return ExitCode.OK;
    }

    /// One for each repository.
    private static void tables(PrintWriter out, JsonNode history) {
        Map<String, List<List<String>>> rows = new LinkedHashMap<>();
        for (JsonNode entry : history) {
            JsonNode source = entry.path("source");
            rows.computeIfAbsent(source.path("repoURL").asText(""), url -> new ArrayList<>())
                    .add(List.of(
                            entry.path("id").asText(),
                            entry.path("deployedAt")
                                    .asText("")
                                    .replace("T", " ")
                                    .replace("Z", " +0000 UTC"),
                            revision(source, entry.path("revision").asText(""))));
        }
        boolean further = false;
        for (Map.Entry<String, List<List<String>>> source : rows.entrySet()) {
            if (further) {
                out.println();
            }
            further = true;
            out.println("SOURCE  " + source.getKey());
            // As wide as the word above, as argocd has it.
            Output.table(out, List.of("ID    ", "DATE", "REVISION"), source.getValue());
        }
    }

    private static String revision(JsonNode source, String revision) {
        String target = source.path("targetRevision").asText("");
        return (target + ' ' + AppSummary.shortRevision(revision)).strip();
    }
}
