package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app wait APP`
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        description = "Wait until an Application is synced, healthy and idle; exit code 20 on timeout.")
final class AppWaitCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppOption app = new AppOption();

    @Option(names = "--sync", description = "Wait for Synced.")
    private boolean sync;

    @Option(names = "--health", description = "Wait for Healthy.")
    private boolean health;

    @Option(names = "--operation", description = "Wait for the running operation to end.")
    private boolean operation;

    @Option(names = "--timeout", defaultValue = "0", description = "Seconds; 0 waits without limit.")
    private long timeoutSeconds;

    @Override
    public Integer call() {
        Duration limit = timeoutSeconds == 0 ? Duration.ofDays(365) : Duration.ofSeconds(timeoutSeconds);
        JsonNode found = new AppWait(sync, health, operation)
                .await(
                        server.api(),
                        app.ref(),
                        limit,
                        new WaitProgress(spec.commandLine().getErr(), Output.forMachines(server.output)));
        var out = spec.commandLine().getOut();
        if (Output.forMachines(server.output)) {
            Output.print(out, server.output, found);
        } else {
            AppSummary.print(out, found);
        }
        return ExitCode.OK;
    }
}
