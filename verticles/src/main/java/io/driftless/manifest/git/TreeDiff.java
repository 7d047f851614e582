package io.driftless.manifest.git;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// What lies between two commits, in time proportional to it: folders with the same object are never opened.
public final class TreeDiff {
    private TreeDiff() {}

    /// The paths that were added, changed or removed, files and directories; the root is the empty path.
    ///
    /// @throws GitException.RevisionNotFound when one of the commits is not in the mirror: everything may differ
    public static Set<String> changedPaths(Mirror mirror, String oldSha, String newSha) {
        Set<String> changed = new TreeSet<>();
        try (ObjectReader reader = mirror.store().newReader();
                RevWalk commits = new RevWalk(reader);
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commits.parseCommit(ObjectId.fromString(oldSha)).getTree());
            walk.addTree(commits.parseCommit(ObjectId.fromString(newSha)).getTree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                changed.add(walk.getPathString());
                if (walk.isSubtree()) {
                    walk.enterSubtree();
                }
            }
        } catch (MissingObjectException e) {
            throw new GitException.RevisionNotFound(
                    mirror.url(), e.getObjectId().name(), "it is not in the mirror any more");
        } catch (IOException e) {
            throw mirror.damaged(e);
        }
        if (!changed.isEmpty()) {
            changed.add("");
        }
        return changed;
    }
}
