package io.driftless.manifest.git;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/// What one exchange with the host is about: several hints become one.
///
/// @param everything compare all branches and tags, `HEAD` and the extra refs
/// @param refs       full names of the refs concerned; with `everything`, those beyond branches and tags
/// @param expected   commits that hints promise
record FetchPlan(boolean everything, Set<String> refs, Set<String> expected) {

    /// No refs at all: for commits asked by their SHA.
    static final FetchPlan NOTHING = new FetchPlan(false, Set.of(), Set.of());

    boolean listsNothing() {
        return !everything && refs.isEmpty();
    }

    /// Branches and tags are always followed, other refs once somebody asked for them.
    static boolean followed(String ref, Set<String> extraRefs) {
        return ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/") || extraRefs.contains(ref);
    }

    static FetchPlan of(Collection<FetchHint> hints, boolean listedBefore, Set<String> extraRefs) {
        boolean all = !listedBefore;
        Set<String> refs = new TreeSet<>();
        Set<String> expected = new LinkedHashSet<>();
        for (FetchHint hint : hints) {
            if (hint.ref() == null) {
                all = true;
            } else if (followed(hint.ref(), extraRefs)) {
                refs.add(hint.ref());
            }
            if (hint.after() != null && !hint.deletion()) {
                expected.add(hint.after());
            }
        }
        // Hundreds of branches pushed at once are one listing, not hundreds of prefixes.
        if (all || refs.size() > 64) {
            return new FetchPlan(true, extraRefs, expected);
        }
        return new FetchPlan(false, refs, expected);
    }

    boolean covers(String ref) {
        return refs.contains(ref) || (everything && (ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/")));
    }
}
