package io.driftless.pipeline;

/// A broker that goes away, on a real cluster.
@OnRealCluster
class OutageOnRealClusterTest extends OutageTest {}
