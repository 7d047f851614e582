package io.driftless.manifest;

import io.driftless.events.RepositoryUrl;
import io.driftless.manifest.git.Mirror;
import io.driftless.manifest.git.Opening;
import io.driftless.manifest.git.RemoteBase;
import io.driftless.manifest.git.RepositoryMirrors;

/// The commits that remote bases are at.
///
/// A base in the application's own repository is read through the same opening as that; any other
/// repository is asked as anybody would, so that no repository can make Driftless read one that its
/// authors may not.
final class RemoteCommits {
    private final RepositoryMirrors mirrors;

    /// Where a base was found.
    record Found(Mirror mirror, String commit) {}

    RemoteCommits(RepositoryMirrors mirrors) {
        this.mirrors = mirrors;
    }

    /// @param own the repository whose kustomization names the base
    Found find(Opening own, RemoteBase base) {
        Mirror mirror = own.repository().equals(RepositoryUrl.normalise(base.url()))
                ? mirrors.mirror(own)
                : mirrors.anonymous(base.url());
        mirror.refresh();
        return new Found(mirror, mirror.resolve(base.ref()).sha());
    }
}
