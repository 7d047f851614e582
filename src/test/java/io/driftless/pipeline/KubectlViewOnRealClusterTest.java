package io.driftless.pipeline;

/// The view of kubectl, on a real cluster.
@OnRealCluster
class KubectlViewOnRealClusterTest extends KubectlViewTest {}
