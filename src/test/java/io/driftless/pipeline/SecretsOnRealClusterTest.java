package io.driftless.pipeline;

/// Secrets, on a real cluster.
@OnRealCluster
class SecretsOnRealClusterTest extends SecretsTest {}
