package io.driftless.pipeline;

/// The stream of events, on a real cluster.
@OnRealCluster
class EventStreamOnRealClusterTest extends EventStreamTest {}
