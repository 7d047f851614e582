package io.driftless.pipeline;

/// Bad repositories, on a real cluster.
@OnRealCluster
class BadRepositoryOnRealClusterTest extends BadRepositoryTest {}
