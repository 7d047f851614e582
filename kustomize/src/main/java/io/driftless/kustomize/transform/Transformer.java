package io.driftless.kustomize.transform;

import io.driftless.kustomize.model.ResMap;

/// One change of all resources of a build.
@FunctionalInterface
public interface Transformer {
    void transform(ResMap map);
}
