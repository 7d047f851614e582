package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.demo.Demo;
import io.driftless.demo.DemoFailure;
import io.driftless.demo.DemoOptions;
import io.driftless.demo.DemoReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless demo`
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Start everything in one process and show a commit on its way to a cluster.")
final class DemoCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "Web port (default: ${DEFAULT-VALUE}).")
    private String listen = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep everything here (default: a new directory, deleted at the end).")
    private @Nullable Path data;

    @Option(
            names = "--cluster",
            defaultValue = "sandbox",
            description = "sandbox: in this process; real: a Kubernetes API server and its controllers, started for the"
                    + " demo (default: ${DEFAULT-VALUE}).")
    private Kind cluster = Kind.sandbox;

    /// On which cluster the demo runs when none is named by a kubeconfig.
    enum Kind {
        sandbox,
        real
    }

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "A cluster of yours instead.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", description = "Context of the kubeconfig.")
    private @Nullable String context;

    @Option(names = "--once", description = "End after the commit is live and the drift healed.")
    private boolean once;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "json or yaml prints one object.")
    private Output.Format output = Output.Format.table;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ListenAddress address = ListenAddress.parse(listen);
        Path directory = data == null ? Files.createTempDirectory("driftless-demo") : data;
        boolean quiet = Output.forMachines(output);
        PrintWriter out = quiet
                ? new PrintWriter(Writer.nullWriter())
                : spec.commandLine().getOut();
        try (DemoCluster used = DemoCluster.open(cluster, kubeconfig, directory, out);
                Demo demo = Demo.start(
                        new DemoOptions(address.host(), address.port(), directory, used.kubeconfig(), context), out)) {
            DemoReport report = demo.play();
            if (quiet) {
                Output.print(spec.commandLine().getOut(), output, JSON.<JsonNode>valueToTree(report));
            } else {
                explain(out, report);
            }
            if (!once) {
                stayUntilStopped();
            }
            return ExitCode.OK;
        } catch (DemoFailure e) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            if (data == null) {
                delete(directory);
            }
        }
    }

    /// Ctrl-C or SIGTERM ends the wait; the stages are closed before the JVM ends.
    private static void stayUntilStopped() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    asked.countDown();
                    try {
                        main.join(20_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
        asked.await();
    }

    private static void explain(PrintWriter out, DemoReport report) {
        out.println();
        out.printf("commit to live  %8.1f ms%n", report.commitToLiveMillis());
        out.printf("drift to healed %8.1f ms%n", report.driftToHealedMillis());
        report.stages().forEach((stage, millis) -> out.printf("  %-13s %8.1f ms%n", stage, millis));
        out.println();
        out.println("web page    " + report.web());
        out.println("kafka       " + report.kafka() + "   (any consumer may read)");
        out.println("repository  " + report.repository());
        out.println();
        out.println("Try it:");
        out.println("  git clone " + report.repository() + " && cd gitops-config");
        out.println("  edit apps/myapp/overlays/production/kustomization.yaml, then: git commit -am tag && git push");
        out.println("  export KUBECONFIG=" + report.kubeconfig());
        out.println("  kubectl -n myapp-production edit deployment myapp      # drift, undone at once");
        out.println("  ./driftless app list --server " + report.web());
        out.println("  curl -N " + report.web() + "/api/v1/events");
        out.println();
        out.println("Ctrl-C ends the demo.");
        out.flush();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
