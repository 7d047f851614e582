package io.driftless.manifest;

import io.driftless.events.RepositoryUrl;
import io.driftless.manifest.git.GitException;
import io.driftless.manifest.git.Mirror;
import io.driftless.manifest.git.RemoteBase;
import io.driftless.manifest.git.RepositoryMirrors;
import java.util.HashMap;
import java.util.Map;

/// The commits that remote bases are at.
///
/// A base in the application's own repository is read with the credentials of that; any other repository is asked as
/// anybody would, so that no repository can make Driftless read one that its authors may not.
final class RemoteCommits {
    /// In place of a commit: the host did not answer.
    static final String UNREACHABLE = "unreachable";
    /// In place of a commit: there is none, or it may not be read.
    static final String REFUSED = "refused";

    private final RepositoryMirrors mirrors;

    /// Where a base was found.
    record Found(Mirror mirror, String commit) {}

    RemoteCommits(RepositoryMirrors mirrors) {
        this.mirrors = mirrors;
    }

    /// @param own address of the repository whose kustomization names the base
    Found find(String own, RemoteBase base) {
        Mirror mirror = RepositoryUrl.normalise(own).equals(RepositoryUrl.normalise(base.url()))
                ? mirrors.mirror(own)
                : mirrors.anonymous(base.url());
        mirror.refresh();
        return new Found(mirror, mirror.resolve(base.ref()).sha());
    }

    /// As [#find], for comparing: a word in place of the commit where there is none.
    private String state(String own, RemoteBase base) {
        try {
            return find(own, base).commit();
        } catch (GitException e) {
            return e.passing() ? UNREACHABLE : REFUSED;
        }
    }

    /// Whether a render that saw these would see the same now, for certain.
    boolean unchanged(String own, Map<RemoteBase, String> seen) {
        return seen.entrySet().stream()
                .allMatch(base ->
                        !base.getValue().equals(UNREACHABLE) && base.getValue().equals(state(own, base.getKey())));
    }

    /// One look at many bases, each asked for once.
    Round round() {
        return new Round(this, new HashMap<>());
    }

    /// What was found so far in one look.
    record Round(RemoteCommits commits, Map<Asked, String> found) {
        private record Asked(String own, RemoteBase base) {}

        /// Whether one of them is known to have moved; a host that does not answer says nothing.
        boolean moved(String own, Map<RemoteBase, String> seen) {
            return seen.entrySet().stream().anyMatch(base -> {
                String now = found.computeIfAbsent(
                        new Asked(own, base.getKey()), asked -> commits.state(own, base.getKey()));
                return !now.equals(UNREACHABLE) && !now.equals(base.getValue());
            });
        }
    }
}
