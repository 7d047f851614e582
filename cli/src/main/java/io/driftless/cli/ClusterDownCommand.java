package io.driftless.cli;

import io.driftless.localcluster.RunningCluster;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless cluster down`
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "End a cluster that cluster up --detach left running. Its data stay.")
final class ClusterDownCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ClusterCommand.DATA,
            description = "The data directory of the cluster (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(ClusterCommand.DATA);

    @Override
    public Integer call() {
        Path directory = ClusterCommand.absolute(data);
        Optional<RunningCluster> running = RunningCluster.of(directory);
        running.ifPresent(RunningCluster::stop);
        RunningCluster.forget(directory);
        spec.commandLine()
                .getOut()
                .println(
                        running.isPresent()
                                ? "The cluster is down; " + directory + " keeps its data."
                                : "No cluster runs on " + directory + ".");
        return ExitCode.OK;
    }
}
