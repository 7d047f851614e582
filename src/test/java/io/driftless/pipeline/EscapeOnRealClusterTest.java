package io.driftless.pipeline;

/// Attempts to escape, on a real cluster.
@OnRealCluster
class EscapeOnRealClusterTest extends EscapeTest {}
