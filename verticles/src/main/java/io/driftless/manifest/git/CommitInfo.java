package io.driftless.manifest.git;

import io.driftless.events.DesiredEvent.Commit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/// Who committed what, when.
public final class CommitInfo {
    private static final int LONGEST = 200;
    private static final int LONGEST_MESSAGE = 20_000;
    private static final String TAGS = "refs/tags/";

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

    /// What a person is shown of a commit.
    ///
    /// @param author name and address
    /// @param at seconds since 1970 when it was written
    /// @param message whole, bounded
    /// @param tags that name it
    public record Told(String author, long at, String message, List<String> tags) {
        public Told {
            tags = List.copyOf(tags);
        }
    }

    /// All of it, for somebody who asks for one commit of the mirror.
    public static Told told(Mirror mirror, String sha) {
        try (ObjectReader reader = mirror.store().newReader();
                RevWalk commits = new RevWalk(reader)) {
            RevCommit commit = commits.parseCommit(ObjectId.fromString(sha));
            PersonIdent author = commit.getAuthorIdent();
            List<String> tags = new ArrayList<>();
            for (Map.Entry<String, String> ref : mirror.heads().refs().entrySet()) {
                if (ref.getKey().startsWith(TAGS) && names(commits, ref.getValue(), commit)) {
                    tags.add(ref.getKey().substring(TAGS.length()));
                }
            }
            return new Told(
                    clean(author.getName() + " <" + author.getEmailAddress() + ">"),
                    author.getWhenAsInstant().getEpochSecond(),
                    message(commit.getFullMessage()),
                    tags);
        } catch (IOException e) {
            throw mirror.damaged(e);
        }
    }

    private static boolean names(RevWalk commits, String id, RevCommit commit) throws IOException {
        ObjectId tag = ObjectId.fromString(id);
        return tag.equals(commit)
                || commits.getObjectReader().has(tag)
                        && commits.peel(commits.parseAny(tag)).equals(commit);
    }

    private static String message(String text) {
        String clean = text.replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\n\t]]", " ")
                .strip();
        return clean.length() > LONGEST_MESSAGE ? clean.substring(0, LONGEST_MESSAGE) : clean;
    }

    private static String clean(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", " ").strip();
        return oneLine.length() > LONGEST ? oneLine.substring(0, LONGEST) : oneLine;
    }
}
