package io.driftless.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `driftless app terminate-op APP`
@Command(name = "terminate-op", mixinStandardHelpOptions = true, description = "End the running operation.")
final class AppTerminateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Override
    public Integer call() {
        server.api().delete(app.ref().path("/operation", ""));
        spec.commandLine().getOut().println("Application '" + app + "' operation terminating");
        return ExitCode.OK;
    }
}
