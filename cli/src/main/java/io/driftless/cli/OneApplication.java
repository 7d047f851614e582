package io.driftless.cli;

import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command about one Application of a server.
abstract class OneApplication implements Callable<Integer> {
    /// These options say whom to talk to and about what, not what to change.
    private static final Set<String> WHERE = Set.of("--server", "--auth-token", "--insecure", "--app-namespace");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    /// Which one.
    @Mixin
    AppOption app = new AppOption();

    final ApiClient api() {
        return server.api();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /// Fails with exit code 1 unless an option was given that asks for a change.
    final void requireChange(String verb) {
        boolean any = spec.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(option -> !WHERE.contains(option.longestName()));
        if (!any) {
            throw new CommandFailure(
                    ExitCode.FAILED, "nothing to " + verb + ": give at least one of the options of app " + verb);
        }
    }
}
