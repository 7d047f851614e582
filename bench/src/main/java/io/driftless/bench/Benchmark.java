package io.driftless.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.bench.Figure.Usage;
import io.driftless.events.ResourceId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The figures by name.
public enum Benchmark {
    /// From the webhook call to the last of six objects' watch events, for one application.
    COMMIT_TO_LIVE("commit-to-live") {
        @Override
        Figure measure(BenchOptions options, OwnStand stand, Progress progress) throws Exception {
            return CommitToLive.measure(label(), options, options.appsOr(1), stand, progress);
        }
    },
    /// The same, where many applications share the repository and a commit touches one.
    ONE_OF_MANY("one-of-many") {
        @Override
        Figure measure(BenchOptions options, OwnStand stand, Progress progress) throws Exception {
            return CommitToLive.measure(label(), options, options.appsOr(200), stand, progress);
        }
    },
    /// From a change made in the cluster by hand to the watch event that shows it undone.
    DRIFT_TO_HEAL("drift-to-heal") {
        @Override
        Figure measure(BenchOptions options, OwnStand stand, Progress progress) throws Exception {
            return drifts(this, options, stand, progress);
        }
    },
    /// From the start of the server process, with an empty directory, to ready.
    START("start") {
        @Override
        Figure measure(BenchOptions options, OwnStand stand, Progress progress) throws Exception {
            return StartUp.measure(label(), options, stand, progress);
        }
    },
    /// What the server uses in a minute in which nothing happens.
    IDLE("idle") {
        @Override
        Figure measure(BenchOptions options, OwnStand stand, Progress progress) throws Exception {
            return Idle.measure(label(), options.appsOr(200), stand, progress);
        }
    };

    private static final int WARM_UP_DRIFTS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private final String label;

    Benchmark(String label) {
        this.label = label;
    }

    abstract Figure measure(BenchOptions options, OwnStand stand, Progress progress) throws Exception;

    /// The name on the command line.
    public String label() {
        return label;
    }

    public static Benchmark named(String label) {
        for (Benchmark benchmark : values()) {
            if (benchmark.label.equals(label)) {
                return benchmark;
            }
        }
        throw new IllegalArgumentException("no benchmark is named " + label
                + "; there are commit-to-live, drift-to-heal, one-of-many, start, idle, kustomize, sandbox and api");
    }

    /// Runs it on a stand of its own.
    public Figure run(BenchOptions options, Progress progress) throws Exception {
        try (OwnStand stand = OwnStand.open(options)) {
            return measure(options, stand, progress);
        }
    }

    private static Figure drifts(Benchmark name, BenchOptions options, OwnStand stand, Progress progress)
            throws IOException, InterruptedException, TimeoutException {
        stand.startServer();
        try (Floor floor = new Floor(stand);
                Fleet fleet = Fleet.deploy(stand, options.appsOr(1), progress)) {
            floor.commit();
            Usage before = stand.usage();
            List<Double> samples = new ArrayList<>();
            for (int i = -WARM_UP_DRIFTS; i < options.commits(); i++) {
                if (i == 0) {
                    before = stand.usage();
                }
                double millis = drift(stand, fleet, Math.floorMod(i, fleet.apps()), "drift" + i);
                floor.write();
                if (i >= 0) {
                    samples.add(millis);
                    progress.step(name.label + ": drifts", i + 1, options.commits());
                }
            }
            return Figure.of(name.label, samples, floor.writeMillis(), difference(before, stand.usage()));
        }
    }

    /// Changes a ConfigMap as somebody with kubectl would, and waits for the event that shows the value of Git again.
    private static double drift(OwnStand stand, Fleet fleet, int app, String value)
            throws InterruptedException, TimeoutException {
        ResourceId map = fleet.workload().objects(app).get(1);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("data").put("edition", value);
        JsonNode wished = stand.cluster().get(map, null).orElseThrow().path("data");
        long start = System.nanoTime();
        stand.cluster().mergePatch(map, null, "", patch);
        // The drift itself is seen first; only what follows it can be the healing.
        long healed =
                fleet.eyes().awaitAfter(start, map, live -> live.path("data").equals(wished), LIMIT);
        return (healed - start) / 1e6;
    }

    /// What was used between two moments; the peak of memory is that of the later one.
    static Usage difference(Usage before, Usage after) {
        Map<String, Long> requests = null;
        if (after.apiRequests() != null && before.apiRequests() != null) {
            requests = new TreeMap<>(after.apiRequests());
            for (Map.Entry<String, Long> earlier : before.apiRequests().entrySet()) {
                requests.merge(earlier.getKey(), -earlier.getValue(), Long::sum);
            }
            requests.values().removeIf(count -> count == 0);
        }
        return new Usage(
                minus(after.renders(), before.renders()),
                minus(after.fetches(), before.fetches()),
                after.cpuSeconds() == null || before.cpuSeconds() == null
                        ? null
                        : Math.round((after.cpuSeconds() - before.cpuSeconds()) * 1000) / 1000.0,
                after.peakRssMiB(),
                requests);
    }

    private static @Nullable Long minus(@Nullable Long after, @Nullable Long before) {
        return after == null || before == null ? null : after - before;
    }
}
