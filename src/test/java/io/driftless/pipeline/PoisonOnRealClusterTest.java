package io.driftless.pipeline;

/// Records that cannot be read, on a real cluster.
@OnRealCluster
class PoisonOnRealClusterTest extends PoisonTest {}
