package io.driftless.pipeline;

/// The further commands, on a real cluster.
@OnRealCluster
class CommandLineBreadthOnRealClusterTest extends CommandLineBreadthTest {}
