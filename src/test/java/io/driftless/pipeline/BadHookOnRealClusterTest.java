package io.driftless.pipeline;

/// Pushes that nobody should believe, on a real cluster.
@OnRealCluster
class BadHookOnRealClusterTest extends BadHookTest {}
