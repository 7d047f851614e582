package io.driftless.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app delete APP`
@Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete an Application.")
final class AppDeleteCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppOption app = new AppOption();

    @Option(
            names = "--cascade",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Delete its resources too (default: true).")
    private boolean cascade;

    @Option(
            names = {"-y", "--yes"},
            description = "Accepted for habit: nothing is asked.")
    private boolean yes;

    @Override
    public Integer call() {
        server.api().delete(app.ref().path("", "cascade=" + cascade));
        spec.commandLine().getOut().println("application '" + app + "' deleted");
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
