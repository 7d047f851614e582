package io.driftless.pipeline;

/// Deliveries, on a real cluster.
@OnRealCluster
class DeliveryOnRealClusterTest extends DeliveryTest {}
