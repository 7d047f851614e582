package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless app get APP`
@Command(name = "get", mixinStandardHelpOptions = true, description = "Show an Application.")
final class AppGetCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "APP", description = "name or namespace/name")
    private String app = "";

    @Option(names = "--refresh", description = "Look at Git again first.")
    private boolean refresh;

    @Option(names = "--hard-refresh", description = "Look at Git again, forgetting earlier renders.")
    private boolean hardRefresh;

    @Override
    public Integer call() {
        String parameters = hardRefresh ? "refresh=hard" : refresh ? "refresh=normal" : "";
        JsonNode found = server.api().get(ApplicationRef.parse(app).path("", parameters));
        var out = spec.commandLine().getOut();
        if (Output.forMachines(server.output)) {
            Output.print(out, server.output, found);
        } else {
            AppSummary.print(out, found);
        }
        return ExitCode.OK;
    }
}
