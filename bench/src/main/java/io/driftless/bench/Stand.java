package io.driftless.bench;

import io.driftless.bench.Figure.Usage;
import io.driftless.cluster.Cluster;
import io.driftless.events.ResourceId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What a benchmark runs on: a cluster, repositories, and a delivery system that looks after both.
interface Stand extends AutoCloseable {
    Cluster cluster();

    /// The repository of this name, `workload` or `floor`.
    BenchRepository repository(String name) throws IOException, InterruptedException;

    /// A directory for scratch files.
    Path work();

    /// Namespace of the Applications.
    String controlPlaneNamespace();

    /// Tells the delivery system, as a Git host would, that `main` of a repository moved.
    void announce(BenchRepository repository, String before, String after) throws IOException, InterruptedException;

    void ensureNamespace(String name);

    /// Removes what the benchmark made, where the cluster outlives it: these objects, and a namespace with all in it.
    void remove(List<ResourceId> objects, String namespace) throws InterruptedException;

    /// What the delivery system used so far, as far as it is known.
    Usage usage();

    @Override
    void close() throws IOException, InterruptedException;
}
