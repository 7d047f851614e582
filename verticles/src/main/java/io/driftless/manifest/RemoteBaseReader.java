package io.driftless.manifest;

import io.driftless.kustomize.KustomizeException;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.RemoteBase;
import io.driftless.manifest.git.RemoteFile;
import io.driftless.manifest.git.RemoteSource;
import io.driftless.manifest.render.RemoteSources;
import io.driftless.manifest.render.SourceFiles;
import io.driftless.manifest.web.WebContent;
import io.driftless.manifest.web.WebException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one render reads outside of its repository, noted with the commit or digest that was read of each. A host that
/// does not answer ends the render with its [GitException] or [WebException], so that it is tried again; what cannot be
/// mended by waiting is a fault of the kustomization.
final class RemoteBaseReader implements RemoteSources {
    private final RemoteStates states;
    private final Opening own;
    private final Map<RemoteSource, String> seen = new LinkedHashMap<>();

    RemoteBaseReader(RemoteStates states, Opening own) {
        this.states = states;
        this.own = own;
    }

    Map<RemoteSource, String> seen() {
        return seen;
    }

    @Override
    public SourceFiles files(String url, String ref) {
        RemoteBase base = new RemoteBase(url, ref);
        try {
            RemoteCommits.Found found = states.commits().find(own, base);
            seen.put(base, found.commit());
            return new CommitFiles(found.mirror().tree(found.commit()));
        } catch (GitException e) {
            seen.put(base, RemoteStates.word(e.passing()));
            if (e.passing()) {
                throw e;
            }
            throw new KustomizeException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public byte[] file(String url, boolean orRepository) {
        RemoteFile file = new RemoteFile(url);
        try {
            WebContent content = states.files().read(own.url(), url);
            seen.put(file, content.digest());
            return content.bytes();
        } catch (WebException e) {
            seen.put(file, RemoteStates.word(e.passing()));
            if (e.passing() && !orRepository) {
                throw e;
            }
            throw new KustomizeException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void repositoryInstead(String url) {
        seen.remove(new RemoteFile(url));
    }
}
