package io.driftless.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts real programs, and looks for what is left of them.
class LocalClusterTest {
    private static final ClusterBinaries BINARIES = ClusterBinaries.of(System.getenv());

    @TempDir
    Path data;

    @BeforeEach
    void programsAreThere() {
        assumeTrue(BINARIES.missing().isEmpty(), () -> "SKIPPED: real Kubernetes API server: " + BINARIES.remedy());
    }

    @Test
    void comesUpIsFoundByOthersAndLeavesNoProcessBehind() throws Exception {
        List<ProcessHandle> processes;
        try (LocalCluster cluster = LocalCluster.start(BINARIES, LocalClusterOptions.in(data))) {
            processes = cluster.processes();
            assertThat(processes).hasSize(5).allMatch(ProcessHandle::isAlive);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.kubeconfig())))
                    .as("a kubeconfig that may do everything is its owner's alone")
                    .isEqualTo("rw-------");
            try (Requests anybody = new Requests(cluster.url(), cluster.tls(cluster.user("somebody", List.of())))) {
                assertThat(anybody.ok("/version")).isTrue();
                assertThat(anybody.ok("/api/v1/secrets")).isFalse();
            }

            RunningCluster.remember(cluster);
            RunningCluster found = RunningCluster.of(data).orElseThrow();
            assertThat(found.url()).isEqualTo(cluster.url().toString());
            found.stop();
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(RunningCluster.of(data)).isEmpty();
        }
    }

    @Test
    void aProgramThatFailsIsNamedWithWhatItSaidLast() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalClusterOptions options = new LocalClusterOptions(data, null, taken.getLocalPort(), false);

            assertThatThrownBy(() -> LocalCluster.start(BINARIES, options))
                    .isInstanceOf(LocalClusterException.class)
                    .hasMessageStartingWith("kube-apiserver ended with 1 before it is ready; it said: ")
                    .hasMessageContaining("address already in use");
        }
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(data.toString())))
                .isEmpty();
    }
}
