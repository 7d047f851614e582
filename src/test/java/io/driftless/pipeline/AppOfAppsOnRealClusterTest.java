package io.driftless.pipeline;

/// An Application of Applications, on a real cluster.
@OnRealCluster
class AppOfAppsOnRealClusterTest extends AppOfAppsTest {}
