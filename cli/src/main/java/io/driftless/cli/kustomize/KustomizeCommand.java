package io.driftless.cli.kustomize;

import java.nio.file.Path;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// `driftless kustomize …`
@Command(
        name = "kustomize",
        mixinStandardHelpOptions = true,
        description = "Build and edit kustomizations as kustomize 5.8.1 does.",
        subcommands = {BuildCommand.class, EditCommand.class, KustomizeVersionCommand.class})
public final class KustomizeCommand implements Runnable {
    static final int FAILED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /// A global flag of kustomize. Failures here never have a trace worth showing.
    @Option(names = "--stack-trace", hidden = true, scope = CommandLine.ScopeType.INHERIT)
    private boolean stackTrace;

    /// Where relative paths begin: the current directory, except for tests.
    private Path directory = Path.of("");

    /// Where programs are looked for, except in tests.
    private String programs = System.getenv().getOrDefault("PATH", "");

    void findProgramsIn(String path) {
        programs = path;
    }

    String programs() {
        return programs;
    }

    void workIn(Path other) {
        directory = other;
    }

    Path directory() {
        return directory.toAbsolutePath();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Whether a command is one of these.
    public static boolean owns(CommandLine line) {
        for (CommandLine at = line; at != null; at = at.getParent()) {
            if (at.getCommand() instanceof KustomizeCommand) {
                return true;
            }
        }
        return false;
    }

    /// Says what is wrong with the arguments in one line, as kustomize does.
    public static int misused(ParameterException e) {
        e.getCommandLine().getErr().println("Error: " + problem(e));
        return FAILED;
    }

    private static String problem(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().getFirst();
            if (first.startsWith("--")) {
                return "unknown flag: " + first.replaceFirst("=.*", "");
            }
            if (first.startsWith("-") && first.length() > 1) {
                return "unknown shorthand flag: '" + first.charAt(1) + "' in " + first;
            }
            if (!e.getCommandLine().getSubcommands().isEmpty()) {
                return "'" + e.getCommandLine().getCommandSpec().qualifiedName() + " " + first
                        + "' is not supported yet; there are "
                        + String.join(
                                ", ",
                                new TreeSet<>(
                                        e.getCommandLine().getSubcommands().keySet()));
            }
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()
                && missing.getMissing().getFirst() instanceof CommandLine.Model.OptionSpec option) {
            return "flag needs an argument: " + option.longestName();
        }
        return String.valueOf(e.getMessage());
    }
}
