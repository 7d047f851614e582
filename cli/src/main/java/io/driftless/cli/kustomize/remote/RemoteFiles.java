package io.driftless.cli.kustomize.remote;

import io.driftless.kustomize.DirectoryTree;
import io.driftless.kustomize.FileTree;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The remote bases and files of one build. Each repository is fetched once, into a temporary folder that is gone once
/// the build is.
public final class RemoteFiles implements RemoteBases, AutoCloseable {
    private final Checkout checkout;
    private final WebFile web = new WebFile(Duration.ofSeconds(60));
    private final Map<List<Object>, FileTree> trees = new HashMap<>();
    private final TemporaryFolders folders = new TemporaryFolders();

    private RemoteFiles(Checkout checkout) {
        this.checkout = checkout;
    }

    /// Fetches by the `git` client where it is on this path, for its keys, credentials and settings are the user's.
    ///
    /// @param path folders of programs, as in the variable `PATH`
    public static RemoteFiles using(String path) {
        return new RemoteFiles(
                GitClient.find(path).<Checkout>map(found -> found).orElseGet(JGitCheckout::new));
    }

    @Override
    public FileTree repository(Repository repository) {
        List<Object> key = List.of(repository.url(), repository.ref(), repository.submodules());
        FileTree known = trees.get(key);
        if (known == null) {
            known = fetch(repository);
            trees.put(key, known);
        }
        return known;
    }

    private FileTree fetch(Repository repository) {
        if (repository.ref().startsWith("-")) {
            throw new KustomizeException("the ref '" + repository.ref() + "' of '" + repository.raw()
                    + "' is refused: no branch, tag or commit begins with '-'");
        }
        try {
            Path folder = folders.create();
            checkout.fetch(repository, folder);
            return new DirectoryTree(folder);
        } catch (IOException full) {
            throw new KustomizeException(
                    "the remote base '" + repository.raw() + "' cannot be kept: " + full.getMessage(), full);
        }
    }

    @Override
    public byte[] file(String url) {
        return web.read(url);
    }

    @Override
    public void close() {
        folders.close();
    }
}
