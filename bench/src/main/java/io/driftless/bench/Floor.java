package io.driftless.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Apply;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// What ordinary tools take for the same work, measured between the samples of the same run.
///
/// F: one `git fetch` of the pushed commit by the `git` client, plus six server-side applies one
/// after another by a bare client. W: one bare server-side apply of a changed object until its
/// watch event.
final class Floor implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private final Stand stand;
    private final Workload workload;
    private final Path clone;
    private final Eyes eyes;
    private final List<Double> commits = new ArrayList<>();
    private final List<Double> writes = new ArrayList<>();
    private int edition;

    Floor(Stand stand) throws IOException, InterruptedException {
        this.stand = stand;
        this.workload = new Workload("bench-floor");
        stand.ensureNamespace(workload.namespace());
        this.eyes = new Eyes(stand.cluster(), workload.namespace());
        stand.repository("floor").commit(workload.files(0, "0"), "Start");
        this.clone = stand.work().resolve("floor-clone");
        Commands.run(
                stand.work(), "git", "clone", "-q", stand.repository("floor").url(), clone.toString());
    }

    /// One sample of F. Returns once the Deployment has been rolled out.
    void commit() throws IOException, InterruptedException, TimeoutException {
        edition++;
        stand.repository("floor").commit(workload.files(0, "f" + edition), "Edition " + edition);
        List<JsonNode> objects = new ArrayList<>();
        for (String document : workload.documents(0, "f" + edition).values()) {
            objects.add(GoYaml.readOne("floor.yaml", document));
        }
        long start = System.nanoTime();
        Commands.run(clone, "git", "fetch", "-q", "origin", "main");
        for (JsonNode object : objects) {
            stand.cluster().apply(object, new Apply("bench-floor", true, false));
        }
        commits.add((System.nanoTime() - start) / 1e6);
        eyes.awaitRollout(workload.deployment(0), "f" + edition, LIMIT);
    }

    /// One sample of W.
    void write() throws InterruptedException, TimeoutException {
        edition++;
        String wished = "w" + edition;
        JsonNode object =
                GoYaml.readOne("floor.yaml", workload.documents(0, wished).getOrDefault("configmap", ""));
        Cluster cluster = stand.cluster();
        long start = System.nanoTime();
        cluster.apply(object, new Apply("bench-floor", true, false));
        long seen = eyes.await(
                List.of(workload.objects(0).get(1)), live -> Eyes.edition(live).equals(wished), LIMIT);
        writes.add((seen - start) / 1e6);
    }

    Workload workload() {
        return workload;
    }

    double commitMillis() {
        return Figure.percentile(commits, 50);
    }

    double writeMillis() {
        return Figure.percentile(writes, 50);
    }

    @Override
    public void close() throws InterruptedException {
        eyes.close();
        stand.remove(List.of(), workload.namespace());
    }
}
