package io.driftless.manifest.render;

import io.driftless.kustomize.KustomizeException;

/// Where repositories come from that a kustomization names beside its own. An implementation notes what it was asked,
/// because the render depends on it.
@FunctionalInterface
public interface RemoteSources {
    /// The files of a repository at a branch, a tag or a commit; an empty `ref` means its default branch.
    ///
    /// @throws KustomizeException when this repository or ref cannot be used
    SourceFiles files(String url, String ref);

    /// Refuses all.
    RemoteSources NONE = (url, ref) -> {
        throw new KustomizeException("remote bases are not supported here; put the base into this repository");
    };
}
