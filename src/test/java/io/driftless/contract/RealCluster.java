package io.driftless.contract;

import io.driftless.localcluster.ClusterBinaries;
import io.driftless.localcluster.LocalCluster;
import io.driftless.localcluster.LocalClusterException;
import io.driftless.localcluster.LocalClusterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// The one real cluster of this test JVM, started when the first test asks for it and ended after the last.
public final class RealCluster implements AutoCloseable {
    public static final ClusterBinaries BINARIES = ClusterBinaries.of(System.getenv());
    private final @Nullable LocalCluster cluster;
    private final @Nullable LocalClusterException failure;
    private final Path data;

    private RealCluster(@Nullable LocalCluster cluster, @Nullable LocalClusterException failure, Path data) {
        this.cluster = cluster;
        this.failure = failure;
        this.data = data;
    }

    /// Why there is none on this machine, as a report shows it; empty when there can be one.
    public static Optional<String> absence() {
        return BINARIES.missing().isEmpty()
                ? Optional.empty()
                : Optional.of("SKIPPED: real Kubernetes API server: " + BINARIES.remedy());
    }

    /// The cluster. One that did not come up fails every test that needs it, and is not tried again.
    public static LocalCluster of(ExtensionContext context) {
        RealCluster held = context.getRoot()
                .getStore(Namespace.create(RealCluster.class))
                .getOrComputeIfAbsent(RealCluster.class, _ -> start(), RealCluster.class);
        if (held.cluster == null) {
            throw new AssertionError("the real cluster did not come up", held.failure);
        }
        return held.cluster;
    }

    private static RealCluster start() {
        try {
            Path data = Files.createTempDirectory("driftless-cluster");
            try {
                return new RealCluster(
                        LocalCluster.start(
                                BINARIES, LocalClusterOptions.in(data).withAudit()),
                        null,
                        data);
            } catch (LocalClusterException e) {
                return new RealCluster(null, e, data);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
