package io.driftless.pipeline;

import org.junit.jupiter.api.condition.EnabledIf;

/// Projects, rollback, local manifests and differences as the API server sees them, on a real cluster.
@OnRealCluster
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
class ArgoCdProjectsOnRealClusterTest extends ArgoCdProjectsTest {}
