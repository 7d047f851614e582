package io.driftless.localcluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The folder that holds the programs of a cluster: the one that `KUBEBUILDER_ASSETS` names, else the one that
/// `src/test/cluster/build` fills.
public record ClusterBinaries(Path folder) {
    /// The version of Kubernetes that `src/test/cluster/build` builds.
    public static final String KUBERNETES = "1.36.3";

    private static final List<String> PROGRAMS =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl", "kwok");

    /// Where they are looked for, whether they are there or not.
    public static ClusterBinaries of(Map<String, String> environment) {
        String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
        if (!assets.isEmpty()) {
            return new ClusterBinaries(Path.of(assets));
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = cache.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/tmp"), ".cache") : Path.of(cache);
        return new ClusterBinaries(base.resolve("driftless").resolve("cluster-" + KUBERNETES));
    }

    /// The programs that are not there.
    public List<String> missing() {
        return PROGRAMS.stream()
                .filter(program -> !Files.isExecutable(path(program)))
                .toList();
    }

    public Path path(String program) {
        return folder.resolve(program);
    }

    /// What is missing and what to do about it.
    public String remedy() {
        return folder + " lacks " + String.join(", ", missing())
                + ": run src/test/cluster/build (it needs Go 1.26 or newer), or set KUBEBUILDER_ASSETS to a folder that"
                + " holds them";
    }
}
