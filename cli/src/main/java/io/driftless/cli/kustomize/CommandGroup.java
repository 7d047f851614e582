package io.driftless.cli.kustomize;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// A command that has others and does nothing by itself.
abstract class CommandGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Unmatched
    private List<String> rest = List.of();

    @Override
    public void run() {
        NotYet.verb(spec, rest);
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
