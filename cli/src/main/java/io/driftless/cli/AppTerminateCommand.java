package io.driftless.cli;

import picocli.CommandLine.Command;

/// `driftless app terminate-op APP`
@Command(name = "terminate-op", mixinStandardHelpOptions = true, description = "End the running operation.")
final class AppTerminateCommand extends OneApplication {
    @Override
    public Integer call() {
        api().delete(app.ref().path("/operation", ""));
        out().println("Application '" + app + "' operation terminating");
        return ExitCode.OK;
    }
}
