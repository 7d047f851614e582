package io.driftless.cli;

import io.driftless.cli.kustomize.KustomizeCommand;
import io.driftless.kustomize.KustomizeException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `driftless …`
@Command(
        name = "driftless",
        mixinStandardHelpOptions = true,
        version = "driftless " + VersionCommand.DRIFTLESS,
        description = "GitOps continuous delivery for Kubernetes as an event pipeline on Kafka.")
public final class Main {
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            ServerCommand.class,
            SandboxCommand.class,
            AppCommand.class,
            ProjCommand.class,
            RepoCommand.class,
            ClusterCommand.class,
            CertCommand.class,
            GpgCommand.class,
            AccountCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            ContextCommand.class,
            BenchCommand.class,
            KustomizeCommand.class,
            VersionCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class);

    /// These speak of the others.
    private static final Set<String> OF_ALL = Set.of("help", "completion");

    private Main() {}

    public static void main(String[] arguments) {
        CommandLine line = commandLine(arguments);
        line.setOut(StandardOutput.open());
        line.setErr(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
        System.exit(run(line, arguments));
    }

    private static int run(CommandLine line, String[] arguments) {
        try {
            int code = line.execute(arguments);
            line.getOut().flush();
            return code;
        } catch (OutputClosed closed) {
            return closed.report(line.getErr());
        }
    }

    /// The command line, for `main` and for tests. Only the command that is called is read where the first argument
    /// names one: reading them all takes as long as many a command.
    public static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        String called = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> !OF_ALL.contains(called)
                        && command.getAnnotation(Command.class).name().equals(called))
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // Help is plain text everywhere: in a file, in a pipe, and on a terminal for those who set NO_COLOR.
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.getCommandSpec().exitCodeOnInvalidInput(ExitCode.FAILED);
        line.setParameterExceptionHandler((e, given) -> {
            if (KustomizeCommand.owns(e.getCommandLine())) {
                return KustomizeCommand.misused(e);
            }
            e.getCommandLine().getErr().println("driftless: " + e.getMessage());
            e.getCommandLine().usage(e.getCommandLine().getErr());
            return e.getCommandLine().getCommand() instanceof AppDiffCommand ? ExitCode.MISUSED : ExitCode.FAILED;
        });
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof CommandFailure failure) {
                command.getErr().println("driftless: " + failure.getMessage());
                return failure.exitCode();
            }
            if (e instanceof OutputClosed closed) {
                return closed.report(command.getErr());
            }
            if (e instanceof KustomizeException failure) {
                command.getErr().println("Error: " + failure.getMessage());
                return ExitCode.FAILED;
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
