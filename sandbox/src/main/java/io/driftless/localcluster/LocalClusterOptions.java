package io.driftless.localcluster;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a cluster is started.
///
/// @param data directory of its files: etcd's data, certificates, logs, kubeconfig
/// @param kubeconfig where the kubeconfig goes; null for a file in `data`
/// @param port port of the API server, 0 for a free one
/// @param outlives whether it goes on when this process ends
/// @param audited whether the API server writes down who asked it to write what, see [LocalCluster#writes]
public record LocalClusterOptions(Path data, @Nullable Path kubeconfig, int port, boolean outlives, boolean audited) {
    public LocalClusterOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is out of range");
        }
        data = data.toAbsolutePath().normalize();
    }

    public LocalClusterOptions(Path data, @Nullable Path kubeconfig, int port, boolean outlives) {
        this(data, kubeconfig, port, outlives, false);
    }

    /// On free ports, everything in `data`, ending with this process.
    public static LocalClusterOptions in(Path data) {
        return new LocalClusterOptions(data, null, 0, false);
    }

    /// The same, with an audit log.
    public LocalClusterOptions withAudit() {
        return new LocalClusterOptions(data, kubeconfig, port, outlives, true);
    }
}
