package io.driftless.cluster;

/// The clusters that this process may reach.
public interface Clusters {
    /// The cluster that Applications call by this server URL; fails with [ClusterUnreachableException] when
    /// no declaration names it.
    Cluster of(String server);
}
