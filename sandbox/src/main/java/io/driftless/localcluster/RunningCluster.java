package io.driftless.localcluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A cluster that goes on without the process that started it, as its data directory remembers it.
///
/// @param url address of its API server
/// @param kubeconfig where its kubeconfig lies
/// @param processes its programs, in the order in which they were started
public record RunningCluster(String url, String kubeconfig, List<Member> processes) {
    private static final String FILE = "cluster.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    public RunningCluster {
        processes = List.copyOf(processes);
    }

    /// A process: its id alone may belong to another one by now, id and start cannot.
    public record Member(long pid, String command, long startedMillis) {
        static Member of(ProcessHandle process) {
            return new Member(
                    process.pid(),
                    process.info().command().orElse(""),
                    process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
        }

        Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(found -> of(found).equals(this));
        }
    }

    /// Remembers a cluster in its data directory.
    public static RunningCluster remember(LocalCluster cluster) {
        RunningCluster running = new RunningCluster(
                cluster.url().toString(),
                cluster.kubeconfig().toAbsolutePath().toString(),
                cluster.processes().stream().map(Member::of).toList());
        try {
            JSON.writeValue(cluster.data().resolve(FILE).toFile(), running);
            return running;
        } catch (IOException e) {
            throw new LocalClusterException("cannot write to " + cluster.data() + ": " + e.getMessage(), e);
        }
    }

    /// The cluster of a data directory, if at least one of its processes is still there.
    public static Optional<RunningCluster> of(Path data) {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), RunningCluster.class))
                    .filter(running ->
                            running.processes.stream().anyMatch(m -> m.alive().isPresent()));
        } catch (IOException e) {
            throw new LocalClusterException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Forgets what a data directory remembers.
    public static void forget(Path data) {
        try {
            Files.deleteIfExists(data.resolve(FILE));
        } catch (IOException e) {
            throw new LocalClusterException("cannot delete " + data.resolve(FILE) + ": " + e.getMessage(), e);
        }
    }

    /// Ends the processes that are still those of this cluster, and waits for that.
    public void stop() {
        Stopping.stop(
                processes.stream().map(Member::alive).flatMap(Optional::stream).toList());
    }
}
