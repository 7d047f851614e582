package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.localcluster.ClusterBinaries;
import io.driftless.localcluster.LocalCluster;
import io.driftless.localcluster.LocalClusterException;
import io.driftless.localcluster.LocalClusterOptions;
import io.driftless.localcluster.RunningCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless cluster up`
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok (a node on which"
                + " pods become ready without running).")
final class ClusterUpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ClusterCommand.DATA,
            description = "Keep data, certificates and logs here (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(ClusterCommand.DATA);

    @Option(
            names = "--kubeconfig-out",
            paramLabel = "FILE",
            description = "Write the kubeconfig here (default: kubeconfig in the data directory).")
    private @Nullable Path kubeconfigOut;

    @Option(
            names = "--listen-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the API server on 127.0.0.1 (default: a free one).")
    private int listenPort;

    @Option(names = "--detach", description = "Leave it running; driftless cluster down ends it.")
    private boolean detach;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "json prints one line when ready.")
    private Output.Format output = Output.Format.table;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path directory = ClusterCommand.absolute(data);
        RunningCluster.of(directory).ifPresent(running -> {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "a cluster runs on " + directory + " already, at " + running.url() + " (kubeconfig "
                            + running.kubeconfig() + "); end it with: driftless cluster down --data " + directory);
        });
        ClusterBinaries binaries = ClusterPrograms.find(spec.commandLine().getErr());
        Files.createDirectories(directory);
        LocalClusterOptions options = new LocalClusterOptions(directory, kubeconfigOut, listenPort, detach);
        LocalCluster cluster = start(binaries, options);
        if (detach) {
            announce(RunningCluster.remember(cluster));
            return ExitCode.OK;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    cluster.close();
                    RunningCluster.forget(directory);
                    stopped.countDown();
                }));
        announce(RunningCluster.remember(cluster));
        stopped.await();
        return ExitCode.OK;
    }

    private static LocalCluster start(ClusterBinaries binaries, LocalClusterOptions options)
            throws InterruptedException {
        try {
            return LocalCluster.start(binaries, options);
        } catch (LocalClusterException e) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void announce(RunningCluster running) {
        PrintWriter out = spec.commandLine().getOut();
        if (Output.forMachines(output)) {
            out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("ready", true)
                    .put("url", running.url())
                    .put("kubeconfig", running.kubeconfig()));
        } else {
            out.println("The cluster is ready at " + running.url());
            out.println();
            out.println("  export KUBECONFIG=" + running.kubeconfig());
            out.println("  kubectl get nodes");
            out.println("  ./driftless demo --kubeconfig " + running.kubeconfig());
            out.println();
            out.println(
                    detach
                            ? "It runs until: ./driftless cluster down --data " + ClusterCommand.absolute(data)
                            : "Ctrl-C ends it.");
        }
        out.flush();
    }
}
