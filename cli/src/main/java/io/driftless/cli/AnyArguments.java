package io.driftless.cli;

import java.util.List;
import picocli.CommandLine.Unmatched;

/// Takes whatever is given, for commands that refuse it all.
final class AnyArguments {
    @Unmatched
    private List<String> arguments = List.of();

    @Override
    public String toString() {
        return String.join(" ", arguments);
    }
}
