package io.driftless.pipeline;

import org.junit.jupiter.api.condition.EnabledIf;

/// The tree of what real controllers make.
@OnRealCluster
@EnabledIf(
        value = "io.driftless.pipeline.ArgoCd#present",
        disabledReason = "the program argocd is not there; src/test/argocd/build makes it")
class ArgoCdTreeOnRealClusterTest extends ArgoCdTreeTest {}
