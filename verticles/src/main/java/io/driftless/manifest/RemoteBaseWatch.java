package io.driftless.manifest;

import io.driftless.manifest.ManifestNews.LookAgain;
import io.driftless.manifest.git.ReadSet;
import java.util.function.BiConsumer;

/// Finds out that a remote base moved, whose repository no application follows, and lets its readers look again.
final class RemoteBaseWatch {
    private final RemoteCommits commits;
    private final RepositoryIndex index;
    private final BiConsumer<String, ManifestNews> deliver;

    RemoteBaseWatch(RemoteCommits commits, RepositoryIndex index, BiConsumer<String, ManifestNews> deliver) {
        this.commits = commits;
        this.index = index;
        this.deliver = deliver;
    }

    void look() {
        index.repositories()
                .values()
                .forEach(followed -> followed.revisions()
                        .values()
                        .forEach(tracked -> tracked.readersOfRemoteBases()
                                .forEach((subject, read) -> look(followed.url(), tracked, subject, read))));
    }

    private void look(String own, TrackedRevision tracked, String subject, ReadSet read) {
        if (commits.moved(own, read.remotes()) && tracked.unsettle(subject, read)) {
            deliver.accept(subject, new LookAgain(""));
        }
    }
}
