package io.driftless.manifest.render;

import io.driftless.kustomize.KustomizeException;

/// Where comes from what a kustomization names outside of its own repository. An implementation
/// notes what it was asked, because the render depends on it.
@FunctionalInterface
public interface RemoteSources {
    /// The files of a repository at a branch, a tag or a commit; an empty `ref` means its default branch.
    ///
    /// @throws KustomizeException when this repository or ref cannot be used
    SourceFiles files(String url, String ref);

    /// A file of a web server.
    ///
    /// @param orRepository whether the address may be that of a repository, which is asked next
    /// @throws KustomizeException when there is no such file, or none that may be read
    default byte[] file(String url, boolean orRepository) {
        throw new KustomizeException("files of web servers are not supported here; put the file into this repository");
    }

    /// The address turned out to be that of a repository: what it answered as a file does not matter.
    default void repositoryInstead(String url) {}

    /// Refuses all.
    RemoteSources NONE = (url, ref) -> {
        throw new KustomizeException("remote bases are not supported here; put the base into this repository");
    };
}
