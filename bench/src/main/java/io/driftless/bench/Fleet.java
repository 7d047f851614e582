package io.driftless.bench;

import io.driftless.cluster.Cluster.Apply;
import io.driftless.events.ResourceId;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/// The benchmark's applications in one repository.
final class Fleet implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private final Stand stand;
    private final Workload workload;
    private final BenchRepository repository;
    private final Eyes eyes;
    private final int apps;
    private String head;

    private Fleet(Stand stand, Workload workload, BenchRepository repository, int apps, String head) {
        this.stand = stand;
        this.workload = workload;
        this.repository = repository;
        this.apps = apps;
        this.eyes = new Eyes(stand.cluster(), workload.namespace());
        this.head = head;
    }

    /// Commits all applications to the repository of the benchmark, declares them, and waits until the cluster holds
    /// them.
    static Fleet deploy(Stand stand, int apps, Progress progress)
            throws IOException, InterruptedException, TimeoutException {
        return deploy(stand, new Workload("bench"), stand.repository("workload"), apps, progress);
    }

    /// One application that has a repository to itself, beside those of the benchmark.
    static Fleet alone(Stand stand, Progress progress) throws IOException, InterruptedException, TimeoutException {
        return deploy(stand, new Workload("bench-alone"), stand.repository("alone"), 1, progress);
    }

    private static Fleet deploy(Stand stand, Workload workload, BenchRepository repository, int apps, Progress progress)
            throws IOException, InterruptedException, TimeoutException {
        Map<String, byte[]> files = new HashMap<>();
        for (int app = 0; app < apps; app++) {
            files.putAll(workload.files(app, "start"));
        }
        String head = repository.commit(files, "All applications");
        stand.ensureNamespace(stand.controlPlaneNamespace());
        Fleet fleet = new Fleet(stand, workload, repository, apps, head);
        for (int app = 0; app < apps; app++) {
            stand.cluster()
                    .apply(
                            GoYaml.readOne(
                                    "application.yaml",
                                    workload.application(app, repository.url(), stand.controlPlaneNamespace())),
                            new Apply("bench", true, false));
        }
        for (int app = 0; app < apps; app++) {
            fleet.eyes.await(workload.objects(app), live -> Eyes.edition(live).equals("start"), SETTLE);
            progress.step("applications live", app + 1, apps);
        }
        return fleet;
    }

    int apps() {
        return apps;
    }

    Workload workload() {
        return workload;
    }

    Eyes eyes() {
        return eyes;
    }

    /// Commits a new edition of one application; milliseconds from the webhook call to its last object's watch event.
    /// Returns once the Deployment has been rolled out.
    double commit(int app, String edition) throws IOException, InterruptedException, TimeoutException {
        String before = head;
        head = repository.commit(workload.files(app, edition), "Edition " + edition);
        long start = System.nanoTime();
        stand.announce(repository, before, head);
        long live = eyes.await(workload.objects(app), seen -> Eyes.edition(seen).equals(edition), LIMIT);
        eyes.awaitRollout(workload.deployment(app), edition, LIMIT);
        return (live - start) / 1e6;
    }

    /// Lets the Git host do what it does from time to time.
    void maintain() {
        repository.maintain();
    }

    @Override
    public void close() throws InterruptedException {
        eyes.close();
        List<ResourceId> applications = IntStream.range(0, apps)
                .mapToObj(app -> workload.application(app, stand.controlPlaneNamespace()))
                .toList();
        stand.remove(applications, workload.namespace());
    }
}
