package io.driftless.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.bench.KustomizeTrees.Tree;
import io.driftless.kustomize.Kustomize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `driftless bench kustomize`: what rendering costs, beside the kustomize binary.
public final class KustomizeBench {
    public static final String NAME = "kustomize";
    private static final int HEAP_MIB = 200;
    private static final int LARGE_HEAP_MIB = 1024;
    private final Map<String, byte[]> tutorial;
    private final Progress progress;
    private final Consumer<KustomizeFigure> out;
    private final @Nullable KustomizeBinary binary;
    private final Path work;

    private KustomizeBench(Map<String, byte[]> tutorial, Progress progress, Consumer<KustomizeFigure> out, Path work)
            throws IOException, InterruptedException {
        this.tutorial = tutorial;
        this.progress = progress;
        this.out = out;
        this.work = work;
        this.binary = KustomizeBinary.find(Kustomize.VERSION, System.getenv(), progress);
    }

    /// @param tutorial the files of the tutorial's repository
    /// @param out is given each figure as soon as it is measured
    public static void run(Map<String, byte[]> tutorial, Progress progress, Consumer<KustomizeFigure> out)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("driftless-bench-kustomize");
        try {
            new KustomizeBench(tutorial, progress, out, work).all();
        } finally {
            delete(work);
        }
    }

    private void all() throws IOException, InterruptedException {
        progress.say(
                binary == null
                        ? "kustomize: no binary of " + Kustomize.VERSION
                                + " found (PATH, DRIFTLESS_KUSTOMIZE), so nothing is compared with"
                        : "kustomize: compared with " + binary.path());
        progress.say("kustomize: measured in JVMs of their own with both compilers, without this one's options");
        figure("kustomize-small", KustomizeTrees.tutorial(work.resolve("small"), tutorial), 3_000, 10);
        figure("kustomize-100-overlays", KustomizeTrees.overlays(work.resolve("overlays"), tutorial, 100), 40, 1);
        figure("kustomize-500-resources", KustomizeTrees.resources(work.resolve("r500"), 500), 100, 5);
        // The binary's cost grows with the square: three minutes for 5,000 resources, hours for 50,000.
        figure("kustomize-5000-resources", KustomizeTrees.resources(work.resolve("r5000"), 5_000), 14, 0);
        figure("kustomize-50000-resources", KustomizeTrees.resources(work.resolve("r50000"), 50_000), 6, 0);
    }

    private void figure(String name, Tree tree, int runs, int binaryRuns) throws IOException, InterruptedException {
        progress.say(name + ": " + runs + " runs");
        KustomizeSamples samples = measure(tree, runs, LARGE_HEAP_MIB);
        boolean memory = name.equals("kustomize-5000-resources");
        Double peak = memory ? Math.round(measure(tree, 1, HEAP_MIB).peakHeapMiB() * 10) / 10.0 : null;
        Double theirs = binary == null || binaryRuns == 0 ? null : binary.cpuMillis(tree, binaryRuns);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.accept(KustomizeFigure.of(name, samples, theirs, peak, memory ? HEAP_MIB : null, load));
    }

    /// The JVM of the launcher has the first compiler alone and a small heap; this one is for rendering.
    private static KustomizeSamples measure(Tree tree, int runs, int heapMiB) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx" + heapMiB + "m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KustomizeMeter.class.getName()));
        command.addAll(List.of(String.valueOf(runs), tree.root().toString()));
        command.addAll(tree.directories());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("rendering " + tree.directories().getFirst() + " with " + heapMiB
                    + " MiB of heap failed; what it said is above");
        }
        return new ObjectMapper().readValue(output, KustomizeSamples.class);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
