package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app get APP`
@Command(name = "get", mixinStandardHelpOptions = true, description = "Show an Application.")
final class AppGetCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppOption app = new AppOption();

    @Option(names = "--refresh", description = "Look at Git again first.")
    private boolean refresh;

    @Option(names = "--hard-refresh", description = "Look at Git again, forgetting earlier renders.")
    private boolean hardRefresh;

    @Override
    public Integer call() {
        String parameters = hardRefresh ? "refresh=hard" : refresh ? "refresh=normal" : "";
        ApplicationRef ref = app.ref();
        ApiClient api = server.api();
        JsonNode found = api.get(ref.path("", parameters));
        var out = spec.commandLine().getOut();
        switch (server.output) {
            case json, yaml -> Output.print(out, server.output, found);
            case name -> {
                out.println(AppSummary.row(found).getFirst());
                out.flush();
            }
            case tree -> AppTree.print(out, found, api.get(ref.path("/resource-tree", "")));
            case table, wide -> AppSummary.print(out, found);
        }
        return ExitCode.OK;
    }
}
