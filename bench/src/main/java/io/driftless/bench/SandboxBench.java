package io.driftless.bench;

import io.driftless.localcluster.ClusterBinaries;
import io.driftless.localcluster.LocalCluster;
import io.driftless.localcluster.LocalClusterOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `driftless bench sandbox`: how much the sandbox holds and how fast it is, beside a real API server. Both run in
/// processes of their own, the same client measures both, in turns, so that they meet the same load.
public final class SandboxBench {
    public static final String NAME = "sandbox";
    private static final int OBJECTS = 100_000;
    private static final int LIMIT_MIB = 1024;
    private static final int TURNS = 6;
    private static final double TURN_SECONDS = 2;
    private static final double WARM_UP_SECONDS = 6;
    private static final int EVENTS = 300;
    private static final int WARM_UP_EVENTS = 500;
    /// A server goes on working for a while after its last watcher has the event; the other one is not to be measured
    /// beside that.
    private static final int TURN_EVENTS = 25;
    private static final String SPACE = "bench-sandbox";
    private final Progress progress;
    private final Consumer<SandboxFigure> out;
    private final Path work;
    private final @Nullable ApiAddress real;
    private final @Nullable String note;

    private SandboxBench(
            Progress progress,
            Consumer<SandboxFigure> out,
            Path work,
            @Nullable ApiAddress real,
            @Nullable String note) {
        this.progress = progress;
        this.out = out;
        this.work = work;
        this.real = real;
        this.note = note;
    }

    /// @param out is given each figure as soon as it is measured
    public static void run(BenchOptions options, Progress progress, Consumer<SandboxFigure> out)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("driftless-bench-sandbox");
        try {
            Path given = options.kubeconfig();
            ClusterBinaries binaries = ClusterBinaries.of(System.getenv());
            if (given != null) {
                new SandboxBench(progress, out, work, ApiAddress.of(given), null).all();
            } else if (binaries.missing().isEmpty()) {
                progress.say("sandbox: starting a real API server to compare with");
                try (LocalCluster cluster =
                        LocalCluster.start(binaries, LocalClusterOptions.in(work.resolve("cluster")))) {
                    new SandboxBench(progress, out, work, ApiAddress.of(cluster.kubeconfig()), null).all();
                }
            } else {
                String note = "nothing is compared with: " + binaries.remedy() + ", or give --kubeconfig FILE";
                progress.say("sandbox: " + note);
                new SandboxBench(progress, out, work, null, note).all();
            }
        } finally {
            delete(work);
        }
    }

    private void all() throws IOException, InterruptedException {
        try (SandboxProcess sandbox = SandboxProcess.start(work)) {
            prepare(sandbox.address());
            if (real != null) {
                prepare(real);
            }
            watch(sandbox.address());
            apply(sandbox.address());
        }
        try (SandboxProcess sandbox = SandboxProcess.start(work)) {
            fill(sandbox);
        }
    }

    private static void prepare(ApiAddress address) throws IOException {
        try (RawApi api = new RawApi(address)) {
            SandboxObjects.namespace(api, SPACE);
        }
    }

    private void apply(ApiAddress sandbox) throws IOException, InterruptedException {
        ApplyRate ours = new ApplyRate(sandbox, SPACE);
        ApplyRate theirs = real == null ? null : new ApplyRate(real, SPACE);
        ours.run(WARM_UP_SECONDS, false);
        if (theirs != null) {
            theirs.run(WARM_UP_SECONDS, false);
        }
        for (int turn = 0; turn < TURNS; turn++) {
            ours.run(TURN_SECONDS, true);
            if (theirs != null) {
                theirs.run(TURN_SECONDS, true);
            }
            progress.step("sandbox-apply: turns", turn + 1, TURNS);
        }
        Double floor = theirs == null ? null : theirs.perSecond();
        Double ratio = floor == null ? null : round(ours.perSecond() / floor, 100);
        out.accept(new SandboxFigure(
                "sandbox-apply",
                null,
                null,
                null,
                round(ours.perSecond(), 10),
                floor == null ? null : round(floor, 10),
                null,
                null,
                null,
                null,
                ratio,
                load(),
                note));
    }

    private void watch(ApiAddress sandbox) throws IOException, InterruptedException {
        try (FanOut ours = new FanOut(sandbox, SPACE);
                FanOut theirs = real == null ? null : new FanOut(real, SPACE)) {
            for (int i = -WARM_UP_EVENTS; i < EVENTS; i += TURN_EVENTS) {
                ours.samples(TURN_EVENTS, i >= 0);
                if (theirs != null) {
                    theirs.samples(TURN_EVENTS, i >= 0);
                }
            }
            progress.step("sandbox-watch: events", EVENTS, EVENTS);
            double p50 = Figure.percentile(ours.samples(), 50);
            Double floor = theirs == null ? null : Figure.percentile(theirs.samples(), 50);
            out.accept(new SandboxFigure(
                    "sandbox-watch",
                    null,
                    null,
                    null,
                    null,
                    null,
                    round(p50, 1000),
                    round(Figure.percentile(ours.samples(), 90), 1000),
                    round(Figure.percentile(ours.samples(), 99), 1000),
                    floor == null ? null : round(floor, 1000),
                    floor == null ? null : round(p50 / floor, 1000),
                    load(),
                    note));
        }
    }

    /// Whole applications, until there are enough objects, each counted.
    private void fill(SandboxProcess sandbox) throws IOException {
        Workload workload = new Workload("bench-fill");
        try (RawApi api = new RawApi(sandbox.address())) {
            SandboxObjects.namespace(api, workload.namespace());
            int objects = 0;
            for (int app = 0; objects < OBJECTS; app++) {
                SandboxObjects.application(api, workload, app);
                if (app % 500 == 499) {
                    objects = SandboxObjects.count(api);
                    progress.step("sandbox-objects: objects", Math.min(objects, OBJECTS), OBJECTS);
                }
            }
            Double rss = sandbox.memory("VmHWM");
            out.accept(new SandboxFigure(
                    "sandbox-objects",
                    objects,
                    rss,
                    LIMIT_MIB,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    load(),
                    null));
        }
    }

    private static double load() {
        return round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), 100);
    }

    private static double round(double value, int parts) {
        return Math.round(value * parts) / (double) parts;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
