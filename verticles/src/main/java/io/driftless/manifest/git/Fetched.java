package io.driftless.manifest.git;

import java.util.List;

/// What an exchange with the host brought.
///
/// @param asked whether the host was asked at all
/// @param way   how new objects came
/// @param moves the refs that changed
public record Fetched(boolean asked, Way way, List<RefMove> moves) {
    /// How objects were brought.
    public enum Way {
        /// Nothing was missing.
        NOTHING,
        /// One request on the open connection, named by the push.
        SPECULATIVE,
        /// Protocol v2 on the open connection, after the list of refs.
        DIRECT,
        /// JGit's ordinary fetch.
        JGIT
    }

    public Fetched {
        moves = List.copyOf(moves);
    }

    static Fetched alreadyKnown() {
        return new Fetched(false, Way.NOTHING, List.of());
    }
}
