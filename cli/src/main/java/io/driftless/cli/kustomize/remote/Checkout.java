package io.driftless.cli.kustomize.remote;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases.Repository;
import java.io.IOException;
import java.nio.file.Path;

/// A way to bring the files of a repository at its ref.
interface Checkout {
    /// @param folder empty before, the work tree after
    /// @throws KustomizeException when the repository or the ref cannot be had
    void fetch(Repository repository, Path folder) throws IOException;
}
