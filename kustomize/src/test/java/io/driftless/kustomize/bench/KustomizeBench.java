package io.driftless.kustomize.bench;

import io.driftless.kustomize.Kustomize;
import io.driftless.kustomize.MemoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The figures of the module: CPU milliseconds of one thread, warm, the median of several runs; beside them those of a
/// kustomize 5.8.1 binary where one is given.
///
/// Run with the test class path: `KustomizeBench [binary]`. One JSON line per figure.
public final class KustomizeBench {
    private static final String APP = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: app-%1$d
              labels: {app: app-%1$d}
            spec:
              replicas: 2
              selector:
                matchLabels: {app: app-%1$d}
              template:
                metadata:
                  labels: {app: app-%1$d}
                spec:
                  containers:
                  - name: main
                    image: registry.example.com/app:1.0.%1$d
                    ports:
                    - containerPort: 8080
                    env:
                    - name: LEVEL
                      valueFrom:
                        configMapKeyRef: {name: settings-%1$d, key: level}
                    resources:
                      limits: {cpu: 500m, memory: 256Mi}
            """;
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
              name: app-%1$d
            spec:
              selector: {app: app-%1$d}
              ports:
              - name: http
                port: 80
                targetPort: 8080
            """;
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings-%1$d
            data:
              level: "info"
              number: "%1$d"
            """;
    private static final String OVERLAY = """
            resources:
            - ../base
            namespace: target
            namePrefix: x-
            commonLabels:
              environment: production
            images:
            - name: registry.example.com/app
              newTag: "2.0"
            """;

    private KustomizeBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path binary = arguments.length > 0 ? Path.of(arguments[0]) : null;
        figure("kustomize-small", small(), 1, 2_000, binary);
        figure("kustomize-100-overlays", small(), 100, 30, null);
        for (int resources : new int[] {500, 5_000, 50_000}) {
            Tree tree = large(resources);
            figure(
                    "kustomize-" + resources + "-resources",
                    tree,
                    1,
                    resources > 5_000 ? 3 : 20_000 / resources,
                    resources == 500 ? binary : null);
        }
        heap();
    }

    private record Tree(MemoryTree memory, String directory) {}

    private static Tree small() throws IOException {
        MemoryTree tree = new MemoryTree();
        Path root = Path.of("../deploy/demo/gitops-config");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.with(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return new Tree(tree, "apps/myapp/overlays/production");
    }

    private static Tree large(int resources) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < resources; i++) {
            String template = i % 3 == 0 ? APP : i % 3 == 1 ? SERVICE : SETTINGS;
            text.append("---\n").append(template.formatted(i / 3));
        }
        return new Tree(
                new MemoryTree()
                        .with("base/kustomization.yaml", "resources: [all.yaml]\n")
                        .with("base/all.yaml", text.toString())
                        .with("over/kustomization.yaml", OVERLAY),
                "over");
    }

    private static void figure(
            String name, Tree tree, int times, int runs, @org.jspecify.annotations.Nullable Path binary)
            throws IOException, InterruptedException {
        double[] measured = new double[runs];
        for (int run = 0; run < runs; run++) {
            long before = cpu();
            for (int i = 0; i < times; i++) {
                Kustomize.build(tree.memory(), tree.directory()).objects();
            }
            measured[run] = (cpu() - before) / 1e6;
        }
        // The second half is warm.
        double[] warm = Arrays.copyOfRange(measured, runs / 2, runs);
        Arrays.sort(warm);
        double ours = warm[warm.length / 2];
        double theirs = binary == null ? Double.NaN : binaryMillis(tree, binary);
        System.out.printf(
                Locale.ROOT,
                "{\"figure\":\"%s\",\"cpuMillis\":%.2f%s}%n",
                name,
                ours,
                binary == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ",\"binaryCpuMillis\":%.1f,\"timesCheaperThanBinary\":%.0f",
                                theirs,
                                theirs / ours));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// CPU of a process, by `times` of the shell.
    private static double binaryMillis(Tree tree, Path binary) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench");
        tree.memory().paths().forEach(path -> {
            try {
                Files.createDirectories(folder.resolve(path).getParent());
                Files.write(folder.resolve(path), tree.memory().read(path));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        int runs = 5;
        String loop = "for i in 1 2 3 4 5; do '" + binary + "' build '" + folder.resolve(tree.directory())
                + "' >/dev/null 2>&1; done; times";
        Process process = new ProcessBuilder("bash", "-c", loop).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor(120, TimeUnit.SECONDS);
        String[] children = output.strip().split("\n")[1].split("\\s+");
        return (seconds(children[0]) + seconds(children[1])) * 1000 / runs;
    }

    private static double seconds(String time) {
        String[] parts = time.replace("s", "").split("m");
        return Double.parseDouble(parts[0]) * 60 + Double.parseDouble(parts[1]);
    }

    private static void heap() {
        Tree tree = large(5_000);
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = bean.getCurrentThreadAllocatedBytes();
        var built = Kustomize.build(tree.memory(), tree.directory());
        long allocated = bean.getCurrentThreadAllocatedBytes() - before;
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf(
                Locale.ROOT,
                "{\"figure\":\"kustomize-5000-heap\",\"heldMegabytes\":%.0f,\"allocatedMegabytes\":%.0f,\"objects\":%d}%n",
                used / 1e6,
                allocated / 1e6,
                built.size());
    }
}
