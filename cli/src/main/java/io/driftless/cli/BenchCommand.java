package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.bench.ApiBench;
import io.driftless.bench.BenchOptions;
import io.driftless.bench.Benchmark;
import io.driftless.bench.Figure;
import io.driftless.bench.KustomizeBench;
import io.driftless.bench.Progress;
import io.driftless.bench.SandboxBench;
import io.driftless.demo.GitOpsTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless bench NAME…`
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure Driftless, or another delivery system, by watching the cluster.")
final class BenchCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_THEIR_OWN = Set.of(KustomizeBench.NAME, SandboxBench.NAME, ApiBench.NAME);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description =
                    "commit-to-live, drift-to-heal, one-of-many, start, idle, kustomize, sandbox, api; all when none is given.")
    private List<String> names = List.of();

    @Option(
            names = "--apps",
            defaultValue = "0",
            description = "Applications in the repository (default: the figure's own).")
    private int apps;

    @Option(names = "--commits", defaultValue = "100", description = "Samples to take (default: ${DEFAULT-VALUE}).")
    private int commits;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "A real cluster (default: the sandbox).")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", description = "Context of the kubeconfig.")
    private @Nullable String context;

    @Option(
            names = "--repository",
            paramLabel = "URL",
            description = "A repository to push to: measures a delivery system that already watches it.")
    private @Nullable String repository;

    @Option(names = "--webhook", paramLabel = "URL", description = "Called after each push; repeatable.")
    private List<String> webhooks = List.of();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table, json or yaml.")
    private Output.Format output = Output.Format.table;

    @Override
    public Integer call() throws Exception {
        BenchOptions options = new BenchOptions(apps, commits, kubeconfig, context, repository, webhooks);
        List<Benchmark> wanted = names.isEmpty()
                ? List.of(Benchmark.values())
                : names.stream()
                        .filter(name -> !OF_THEIR_OWN.contains(name))
                        .map(Benchmark::named)
                        .toList();
        Progress progress = new Progress(
                spec.commandLine().getErr(),
                System.console() != null && System.console().isTerminal());
        List<Figure> figures = new ArrayList<>();
        for (Benchmark benchmark : wanted) {
            Figure figure = benchmark.run(options, progress);
            figures.add(figure);
            if (Output.forMachines(output)) {
                Output.print(spec.commandLine().getOut(), output, JSON.<JsonNode>valueToTree(figure));
            }
        }
        if (!Output.forMachines(output) && !figures.isEmpty()) {
            print(figures);
        }
        if (names.isEmpty() || names.contains(KustomizeBench.NAME)) {
            kustomize(progress);
        }
        if (names.isEmpty() || names.contains(SandboxBench.NAME)) {
            sandbox(options, progress);
        }
        if (names.isEmpty() || names.contains(ApiBench.NAME)) {
            new ApiBenchOutput(spec.commandLine().getOut(), output).run(options, progress);
        }
        return ExitCode.OK;
    }

    /// One line for each figure, so that lines can be counted and cut.
    private void kustomize(Progress progress) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<List<String>> rows = new ArrayList<>();
        KustomizeBench.run(GitOpsTree.files(""), progress, figure -> {
            if (output == Output.Format.json) {
                out.println(JSON.<JsonNode>valueToTree(figure));
                out.flush();
            } else if (output == Output.Format.yaml) {
                Output.print(out, output, JSON.<JsonNode>valueToTree(figure));
            } else {
                rows.add(List.of(
                        figure.name(),
                        String.valueOf(figure.cpuMillis()),
                        text(figure.binaryCpuMillis()),
                        text(figure.timesCheaperThanBinary()),
                        String.valueOf(figure.resources()),
                        String.valueOf(figure.allocatedMiB()),
                        text(figure.peakHeapMiB())));
            }
        });
        if (!rows.isEmpty()) {
            Output.table(
                    out,
                    List.of("NAME", "CPU MS", "BINARY CPU MS", "TIMES", "RESOURCES", "ALLOCATED MIB", "PEAK HEAP MIB"),
                    rows);
        }
    }

    /// One line for each figure, as soon as it is measured.
    private void sandbox(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<List<String>> rows = new ArrayList<>();
        SandboxBench.run(options, progress, figure -> {
            if (output == Output.Format.json) {
                out.println(JSON.<JsonNode>valueToTree(figure));
                out.flush();
            } else if (output == Output.Format.yaml) {
                Output.print(out, output, JSON.<JsonNode>valueToTree(figure));
            } else {
                rows.add(List.of(
                        figure.name(),
                        text(figure.objects()),
                        text(figure.rssMiB()),
                        text(figure.perSecond()),
                        text(figure.realPerSecond()),
                        text(figure.p50Millis()),
                        text(figure.floorMillis()),
                        text(figure.ratio())));
            }
        });
        if (!rows.isEmpty()) {
            Output.table(
                    out,
                    List.of("NAME", "OBJECTS", "RSS MIB", "PER SECOND", "REAL", "P50 MS", "REAL P50 MS", "RATIO"),
                    rows);
        }
    }

    private void print(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        for (Figure figure : figures) {
            rows.add(List.of(
                    figure.name(),
                    String.valueOf(figure.p50Millis()),
                    String.valueOf(figure.p90Millis()),
                    String.valueOf(figure.p99Millis()),
                    String.valueOf(figure.floorMillis()),
                    String.valueOf(figure.ratio()),
                    text(figure.aloneMillis()),
                    text(figure.ratioToAlone()),
                    text(figure.renders()),
                    text(figure.fetches()),
                    text(figure.cpuSeconds()),
                    text(figure.peakRssMiB()),
                    text(figure.apiRequests())));
        }
        Output.table(
                spec.commandLine().getOut(),
                List.of(
                        "NAME",
                        "P50 MS",
                        "P90",
                        "P99",
                        "FLOOR MS",
                        "RATIO",
                        "ALONE MS",
                        "BY ALONE",
                        "RENDERS",
                        "FETCHES",
                        "CPU S",
                        "RSS MIB",
                        "API REQUESTS"),
                rows);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
