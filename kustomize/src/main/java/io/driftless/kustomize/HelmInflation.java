package io.driftless.kustomize;

import io.driftless.kustomize.file.HelmEntries.HelmChart;

/// Renders the Helm charts of a kustomization.
@FunctionalInterface
public interface HelmInflation {

    /// One chart of a kustomization, with the files it may read.
    ///
    /// @param tree the files of the build
    /// @param root the directory of the kustomization in that tree
    /// @param chartHome where charts lie, relative to `root`
    record Request(HelmChart chart, FileTree tree, String root, String chartHome) {}

    /// The rendered manifests as YAML.
    String inflate(Request request);

    /// As without `--enable-helm`.
    HelmInflation DISABLED = request -> {
        throw new KustomizeException("must specify --enable-helm");
    };
}
