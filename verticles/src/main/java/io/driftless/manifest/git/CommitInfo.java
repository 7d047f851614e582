package io.driftless.manifest.git;

import io.driftless.events.DesiredEvent.Commit;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/// Who committed what, when.
public final class CommitInfo {
    private static final int LONGEST = 200;

    private CommitInfo() {}

    /// About a commit that is in the mirror. Names and messages come from strangers: they are cut to a bounded
    /// length and freed of control characters.
    public static Commit of(Mirror mirror, String sha) {
        try (ObjectReader reader = mirror.store().newReader();
                RevWalk commits = new RevWalk(reader)) {
            RevCommit commit = commits.parseCommit(ObjectId.fromString(sha));
            PersonIdent author = commit.getAuthorIdent();
            return new Commit(
                    clean(author.getName() + " <" + author.getEmailAddress() + ">"),
                    clean(commit.getShortMessage()),
                    commit.getCommitTime());
        } catch (IOException e) {
            throw mirror.damaged(e);
        }
    }

    private static String clean(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", " ").strip();
        return oneLine.length() > LONGEST ? oneLine.substring(0, LONGEST) : oneLine;
    }
}
