package io.driftless.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `driftless cluster …`
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "A real Kubernetes API server with its controllers, on this machine.",
        subcommands = {ClusterUpCommand.class, ClusterDownCommand.class})
final class ClusterCommand implements Runnable {
    /// Where a cluster keeps its files when nobody says otherwise.
    static final String DATA = ".driftless/cluster";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: cluster up or cluster down");
    }

    static Path absolute(Path data) {
        return data.toAbsolutePath().normalize();
    }
}
