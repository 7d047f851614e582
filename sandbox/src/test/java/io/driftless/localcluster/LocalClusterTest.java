package io.driftless.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts one, and looks for what is left of it.
class LocalClusterTest {
    private static final ClusterBinaries BINARIES = ClusterBinaries.of(System.getenv());

    @TempDir
    Path data;

    @Test
    void comesUpAndLeavesNoProcessBehind() throws Exception {
        assumeTrue(BINARIES.missing().isEmpty(), () -> "SKIPPED: real cluster: " + BINARIES.remedy());
        List<ProcessHandle> processes;
        try (LocalCluster cluster = LocalCluster.start(BINARIES, LocalClusterOptions.in(data))) {
            processes = cluster.processes();
            assertThat(processes).hasSize(5).allMatch(ProcessHandle::isAlive);
        }
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }
}
