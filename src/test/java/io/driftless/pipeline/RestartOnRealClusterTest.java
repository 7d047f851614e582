package io.driftless.pipeline;

/// Restarts, on a real cluster.
@OnRealCluster
class RestartOnRealClusterTest extends RestartTest {}
