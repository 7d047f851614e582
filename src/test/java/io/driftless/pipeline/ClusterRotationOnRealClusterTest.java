package io.driftless.pipeline;

/// Another token for a cluster, on a real one.
@OnRealCluster
class ClusterRotationOnRealClusterTest extends ClusterRotationTest {}
