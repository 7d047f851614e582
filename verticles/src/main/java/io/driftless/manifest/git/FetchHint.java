package io.driftless.manifest.git;

import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/// What somebody says about a push. It only decides what is asked first; what the host answers counts.
///
/// @param ref    full name such as `refs/heads/main`; null asks for all branches and tags
/// @param before the commit the ref had, forty zeros or null when new or unknown
/// @param after  the commit it has now, forty zeros when deleted, null when unknown
public record FetchHint(
        @Nullable String ref,
        @Nullable String before,
        @Nullable String after) {
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");
    private static final String ZERO = "0".repeat(40);

    public FetchHint {
        // A hint may be forged: what is no SHA is no help, so it is dropped rather than refused.
        before = before != null && SHA.matcher(before).matches() ? before : null;
        after = after != null && SHA.matcher(after).matches() ? after : null;
        ref = ref != null && ref.startsWith("refs/") && Repository.isValidRefName(ref) ? ref : null;
    }

    /// Compare everything.
    public static FetchHint everything() {
        return new FetchHint(null, null, null);
    }

    public static FetchHint of(String ref, @Nullable String before, @Nullable String after) {
        return new FetchHint(ref, before, after);
    }

    boolean deletion() {
        return ZERO.equals(after);
    }
}
