package io.driftless.kustomize.build;

import io.driftless.kustomize.transform.Transformer;
import org.jspecify.annotations.Nullable;

/// A transformer of a kustomization and what is noted on resources about it.
record Step(Transformer transformer, @Nullable Origin origin) {}
