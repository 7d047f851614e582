package io.driftless.manifest.render;

import io.driftless.kustomize.FileTree;
import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.RemoteBases;
import io.driftless.kustomize.build.RepositoryUrl;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The remote bases and files of one build: Git repositories and files of web servers, each asked for once, and not too
/// many of them.
final class RemoteBaseTrees implements RemoteBases {
    private static final int MOST_REPOSITORIES = 20;
    private static final int MOST_FILES = 100;

    private final RemoteSources sources;
    private final RenderLimits limits;
    private final Map<List<String>, FileTree> trees = new HashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    RemoteBaseTrees(RemoteSources sources, RenderLimits limits) {
        this.sources = sources;
        this.limits = limits;
    }

    @Override
    public FileTree repository(Repository repository) {
        if (RepositoryUrl.isWeb(repository.raw()) && RemoteAddress.of(repository.raw()) == RemoteAddress.FILE) {
            throw new KustomizeException("'" + repository.raw() + "' is the address of a file, not of a repository");
        }
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
        sources.repositoryInstead(repository.raw());
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
        RemoteAddress address = RemoteAddress.of(url);
        if (address == RemoteAddress.REPOSITORY) {
            throw new NotAFile("URL is a git repository");
        }
        byte[] known = contents.get(url);
        if (known != null) {
            return known;
        }
        if (asked.add(url) && asked.size() > MOST_FILES) {
            throw new HttpFailure("the build uses more than " + MOST_FILES + " files of web servers, at '" + url
                    + "'; put some of them into this repository");
        }
        try {
            byte[] content = sources.file(url, address == RemoteAddress.EITHER);
            contents.put(url, content);
            return content;
        } catch (KustomizeException refused) {
            String reason = String.valueOf(refused.getMessage());
            throw address == RemoteAddress.EITHER ? new NotAFile(reason) : new HttpFailure(reason);
        }
    }
}
