package io.driftless.cli;

import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// What the command line of a call held.
final class GivenOptions {
    /// These say whom to talk to and about what, not what to change.
    private static final Set<String> WHERE = Set.of("--server", "--auth-token", "--insecure", "--app-namespace");

    private GivenOptions() {}

    /// Whether any option was given that asks for a change.
    static boolean any(CommandSpec spec) {
        return spec.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(option -> !WHERE.contains(option.longestName()));
    }
}
