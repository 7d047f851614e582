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

    @Mixin
    private RefreshFlags refresh = new RefreshFlags();

    @Mixin
    private SourceChoice source = new SourceChoice();

    @Mixin
    private TimeoutOption timeout = new TimeoutOption();

    @Option(names = "--show-operation", description = "Show the last operation, too.")
    private boolean showOperation;

    @Option(names = "--show-params", description = "Show what it changes in its manifests, too.")
    private boolean showParameters;

    @Override
    public Integer call() {
        source.requireOnlyOne();
        ApplicationRef ref = app.ref();
        ApiClient api = timeout.given() ? server.api().within(timeout.limit()) : server.api();
        JsonNode found = api.get(ref.path("", refresh.query()));
        new AppView(spec.commandLine().getOut(), server.output, api, ref).looked(found, showOperation, showParameters);
        return ExitCode.OK;
    }
}
