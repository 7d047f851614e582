package io.driftless.manifest.render;

import io.driftless.kustomize.FileTree;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The remote bases of one build: Git repositories, each asked for once, and not too many of them. Plain files on web
/// servers are refused: nothing could tell when they change.
final class RemoteBaseTrees implements RemoteBases {
    private static final int MOST_REPOSITORIES = 20;

    private final RemoteSources sources;
    private final RenderLimits limits;
    private final Map<List<String>, FileTree> trees = new HashMap<>();

    RemoteBaseTrees(RemoteSources sources, RenderLimits limits) {
        this.sources = sources;
        this.limits = limits;
    }

    @Override
    public FileTree repository(Repository repository) {
        List<String> key = List.of(repository.url(), repository.ref());
        FileTree known = trees.get(key);
        if (known != null) {
            return known;
        }
        if (trees.size() == MOST_REPOSITORIES) {
            throw new KustomizeException("the build uses more than " + MOST_REPOSITORIES + " remote repositories, at '"
                    + repository.raw() + "'; put some of them into this repository");
        }
        SourceFiles files = files(repository);
        FileTree tree = new RepositoryTree(new BoundedFiles(files, limits), Map.of(), repository.url() + "/");
        trees.put(key, tree);
        return tree;
    }

    private SourceFiles files(Repository repository) {
        try {
            return sources.files(repository.url(), repository.ref());
        } catch (KustomizeException refused) {
            throw new KustomizeException("remote base '" + repository.raw() + "': " + refused.getMessage());
        }
    }

    @Override
    public byte[] file(String url) {
        throw new NotAFile("the remote file '" + url
                + "' cannot be loaded: files of web servers are not supported yet; put it into the repository");
    }
}
