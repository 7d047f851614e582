package io.driftless.manifest;

import io.driftless.kustomize.KustomizeException;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.RemoteBase;
import io.driftless.manifest.render.RemoteSources;
import io.driftless.manifest.render.SourceFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/// The remote bases of one render, noted with the commit that was read of each. A host that does not answer ends the
/// render with its [GitException], so that it is tried again; what cannot be mended by waiting is a fault of the
/// kustomization.
final class RemoteBaseReader implements RemoteSources {
    private final RemoteCommits commits;
    private final String own;
    private final Map<RemoteBase, String> seen = new LinkedHashMap<>();

    RemoteBaseReader(RemoteCommits commits, String own) {
        this.commits = commits;
        this.own = own;
    }

    Map<RemoteBase, String> seen() {
        return seen;
    }

    @Override
    public SourceFiles files(String url, String ref) {
        RemoteBase base = new RemoteBase(url, ref);
        try {
            RemoteCommits.Found found = commits.find(own, base);
            seen.put(base, found.commit());
            return new CommitFiles(found.mirror().tree(found.commit()));
        } catch (GitException e) {
            seen.put(base, e.passing() ? RemoteCommits.UNREACHABLE : RemoteCommits.REFUSED);
            if (e.passing()) {
                throw e;
            }
            throw new KustomizeException(String.valueOf(e.getMessage()));
        }
    }
}
