package io.driftless.manifest.git;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/// What a `targetRevision` can be, told by its letters alone, in the order Argo CD tries them.
sealed interface RevisionName {
    /// Empty or `HEAD`.
    record Head() implements RevisionName {}

    /// Forty hexadecimal digits: always a commit, even where a branch is called the same.
    record FullSha(String sha) implements RevisionName {}

    /// `refs/…`, taken literally.
    record FullRef(String ref) implements RevisionName {}

    /// A branch, a tag, or the beginning of a SHA.
    record Name(String name) implements RevisionName {}

    /// A range over version tags.
    record VersionRange(String text) implements RevisionName {}

    /// Cannot be a revision at all.
    record Refused(String why) implements RevisionName {}

    Pattern FULL = Pattern.compile("[0-9a-fA-F]{40}");
    Pattern SHORT = Pattern.compile("[0-9a-f]{7,39}");
    Pattern RANGE = Pattern.compile("[\\^~<>=!].*|v?\\d+(\\.\\d+)*\\.[xX*]([.].*)?|[*xX]|.*(\\|\\||,\\s*[<>=]| - ).*");

    static RevisionName parse(@Nullable String target) {
        String text = target == null ? "" : target.strip();
        if (text.isEmpty() || text.equals("HEAD")) {
            return new Head();
        }
        if (FULL.matcher(text).matches()) {
            return new FullSha(text.toLowerCase(Locale.ROOT));
        }
        if (RANGE.matcher(text).matches()) {
            return new VersionRange(text);
        }
        String ref = text.startsWith("refs/") ? text : "refs/heads/" + text;
        if (text.length() > 1024 || text.startsWith("-") || !Repository.isValidRefName(ref)) {
            return new Refused("it is no valid name of a branch or tag");
        }
        return text.startsWith("refs/") ? new FullRef(text) : new Name(text);
    }
}
