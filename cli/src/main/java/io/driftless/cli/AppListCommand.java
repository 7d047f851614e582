package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app list`
@Command(name = "list", mixinStandardHelpOptions = true, description = "List Applications.")
final class AppListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(
            names = {"-l", "--selector"},
            defaultValue = "",
            description = "Label selector.")
    private String selector = "";

    @Override
    public Integer call() {
        String query = selector.isEmpty() ? "" : "?selector=" + ApiClient.encode(selector);
        JsonNode items = server.api().get("/api/v1/applications" + query).path("items");
        var out = spec.commandLine().getOut();
        if (Output.forMachines(server.output)) {
            Output.print(out, server.output, items);
            return ExitCode.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode item : items) {
            rows.add(AppSummary.row(item));
        }
        if (server.output == Output.Format.name) {
            rows.forEach(row -> out.println(row.getFirst()));
            out.flush();
        } else {
            Output.table(out, AppSummary.HEADER, rows);
        }
        return ExitCode.OK;
    }
}
