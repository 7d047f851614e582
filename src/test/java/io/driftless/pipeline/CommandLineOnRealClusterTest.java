package io.driftless.pipeline;

/// The command line, on a real cluster.
@OnRealCluster
class CommandLineOnRealClusterTest extends CommandLineTest {}
