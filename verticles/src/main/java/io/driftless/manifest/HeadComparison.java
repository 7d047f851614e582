package io.driftless.manifest;

import io.driftless.manifest.ManifestNews.HeadMoved;
import io.driftless.manifest.git.Mirror;
import io.driftless.manifest.git.SourceTree;
import io.driftless.manifest.git.TreeDiff;
import java.util.Set;
import java.util.function.BiConsumer;

/// Compares the head that a mirror knows with the one its followers were last told of, and tells those whom
/// the commits in between concern.
final class HeadComparison {
    private final BiConsumer<String, ManifestNews> deliver;

    HeadComparison(BiConsumer<String, ManifestNews> deliver) {
        this.deliver = deliver;
    }

    /// @param target the target revision that is tracked
    /// @param except who finds out by itself; empty for nobody
    /// @throws io.driftless.manifest.git.GitException where the target revision does not exist
    void compare(Mirror mirror, String target, TrackedRevision tracked, String chain, long fetchMicros, String except) {
        Set<String> concerned;
        String after;
        synchronized (tracked) {
            String before = tracked.head();
            after = mirror.resolve(target).sha();
            if (after.equals(before)) {
                return;
            }
            SourceTree tree = mirror.tree(after);
            Set<String> changed = before == null ? Set.of() : TreeDiff.changedPaths(mirror, before, after);
            concerned = tracked.move(after, changed, read -> read.unchangedIn(tree));
        }
        for (String subject : concerned) {
            if (!subject.equals(except)) {
                deliver.accept(subject, new HeadMoved(after, chain, fetchMicros));
            }
        }
    }
}
