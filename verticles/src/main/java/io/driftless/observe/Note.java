package io.driftless.observe;

import io.driftless.events.GroupKind;
import java.util.Set;

/// What happens to the observer of a cluster.
sealed interface Note {
    /// Kinds to watch, beside those watched already.
    record Want(Set<GroupKind> kinds) implements Note {}

    /// All objects of a kind have been published.
    record Complete(GroupKind kind) implements Note {}

    /// A watch fails, for so long.
    record Failing(String reason, long sinceMillis) implements Note {}

    /// A watch is connected.
    record Reachable() implements Note {}

    /// A record about a kind was not taken: everything of it is to be published again.
    record Lost(GroupKind kind, String reason) implements Note {}

    /// A kind may be served that was not before.
    record Recheck(boolean soon) implements Note {}
}
