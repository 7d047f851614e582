package io.driftless.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.localcluster.RunningCluster.Member;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What is left when a process ends, and what is nobody else's business.
class LeftoversTest {
    /// Starts a process, has it watched, says its id, and dies without a chance to say goodbye.
    static final class Dies {
        public static void main(String[] arguments) throws Exception {
            Process sleeper = sleeper();
            Guardian.start().watch(sleeper.toHandle());
            System.out.println(sleeper.pid());
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }
    }

    private static Process sleeper() throws Exception {
        return new ProcessBuilder("sleep", "600").start();
    }

    @Test
    void processesEndWithTheOneThatStartedThemHoweverItEnds() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dies.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = parent.inputReader()) {
            ProcessHandle sleeper =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElse(null);
            if (sleeper != null) {
                sleeper.onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aProcessOfTheSameIdButAnotherStartIsNotEnded() throws Exception {
        Process ours = sleeper();
        Process others = sleeper();
        try {
            Member known = Member.of(ours.toHandle());
            Member reused =
                    new Member(others.pid(), Member.of(others.toHandle()).command(), 1);

            new RunningCluster("https://127.0.0.1:1", "kubeconfig", List.of(known, reused)).stop();

            assertThat(ours.isAlive()).isFalse();
            assertThat(others.isAlive()).isTrue();
        } finally {
            ours.destroyForcibly();
            others.destroyForcibly();
        }
    }

    @Test
    void missingProgramsAreNamedWithTheRemedy() {
        ClusterBinaries none = ClusterBinaries.of(Map.of("KUBEBUILDER_ASSETS", "/not/there"));

        assertThat(none.missing()).contains("etcd", "kube-apiserver", "kwok");
        assertThat(none.remedy())
                .startsWith("/not/there lacks etcd, kube-apiserver")
                .contains("src/test/cluster/build", "KUBEBUILDER_ASSETS");
        assertThat(ClusterBinaries.of(Map.of("HOME", "/home/me")).folder())
                .isEqualTo(Path.of("/home/me/.cache/driftless/cluster-" + ClusterBinaries.KUBERNETES));
    }
}
