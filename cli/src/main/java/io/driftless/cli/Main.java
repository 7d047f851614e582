package io.driftless.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `driftless …`
@Command(
        name = "driftless",
        mixinStandardHelpOptions = true,
        version = "driftless 0.1.0",
        description = "GitOps continuous delivery for Kubernetes as an event pipeline on Kafka.",
        subcommands = {
            DemoCommand.class,
            ServerCommand.class,
            AppCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// The command line, for `main` and for tests.
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getCommandSpec().exitCodeOnInvalidInput(ExitCode.FAILED);
        line.setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println("driftless: " + e.getMessage());
            e.getCommandLine().usage(e.getCommandLine().getErr());
            return ExitCode.FAILED;
        });
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof CommandFailure failure) {
                command.getErr().println("driftless: " + failure.getMessage());
                return failure.exitCode();
            }
            command.getErr().println("driftless: " + e.getMessage());
            if (System.getenv("DRIFTLESS_TRACE") == null) {
                command.getErr().println("Set DRIFTLESS_TRACE=1 for the stack trace.");
            } else {
                e.printStackTrace(command.getErr());
            }
            return ExitCode.FAILED;
        });
        return line;
    }
}
