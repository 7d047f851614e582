package io.driftless.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless completion bash|zsh|fish`
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Print a script that lets a shell complete commands and options.",
            "bash and zsh:  source <(driftless completion bash)",
            "fish:          driftless completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final String NAME = "driftless";

    /// The values of SHELL.
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (shell) {
                    case bash -> AutoComplete.bash(NAME, root);
                    // zsh understands it once its own compatibility with bash is loaded.
                    case zsh -> "autoload -U +X bashcompinit && bashcompinit\n" + AutoComplete.bash(NAME, root);
                    case fish -> fish(root);
                });
        out.flush();
        return ExitCode.OK;
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c " + NAME + " -f\n");
        commands(script, root, List.of());
        return script.toString();
    }

    private static void commands(StringBuilder script, CommandLine line, List<String> path) {
        String here = condition(line, path);
        line.getSubcommands().forEach((name, sub) -> {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                script.append(start(here))
                        .append(" -a ")
                        .append(name)
                        .append(words(sub))
                        .append('\n');
            }
        });
        for (OptionSpec option : line.getCommandSpec().options()) {
            if (!option.hidden()) {
                script.append(start(here)).append(option(option)).append('\n');
            }
        }
        line.getSubcommands().forEach((name, sub) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            commands(script, sub, deeper);
        });
    }

    private static String start(String condition) {
        return "complete -c " + NAME + " -n '" + condition + "'";
    }

    /// Behind all words of the path, and before any of what follows it.
    private static String condition(CommandLine line, List<String> path) {
        List<String> parts = new ArrayList<>();
        path.forEach(word -> parts.add("__fish_seen_subcommand_from " + word));
        if (!line.getSubcommands().isEmpty()) {
            String next = String.join(" ", line.getSubcommands().keySet());
            parts.add("not __fish_seen_subcommand_from " + next);
        }
        return String.join("; and ", parts);
    }

    private static String option(OptionSpec option) {
        StringBuilder words = new StringBuilder();
        for (String name : option.names()) {
            words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            words.append(" -r");
            if (option.completionCandidates() != null) {
                words.append(" -a '")
                        .append(String.join(" ", option.completionCandidates()))
                        .append('\'');
            }
        }
        return words + described(option.description());
    }

    private static String words(CommandLine command) {
        return described(command.getCommandSpec().usageMessage().description());
    }

    private static String described(String[] description) {
        String text = description.length == 0 ? "" : description[0].replaceAll("[\\\\'$]", "");
        return text.isEmpty() ? "" : " -d '" + text + '\'';
    }
}
