package io.driftless.cli.kustomize;

import io.driftless.kustomize.Kustomize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `driftless kustomize version`: the version whose behaviour this is, for scripts that ask.
@Command(name = "version", mixinStandardHelpOptions = true, description = "Print the version of kustomize built like.")
final class KustomizeVersionCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(Kustomize.VERSION);
    }
}
