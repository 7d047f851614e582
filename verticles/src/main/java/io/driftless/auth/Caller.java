package io.driftless.auth;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who calls.
///
/// @param kind how much is known of the caller
/// @param subject whom policies speak of: an account, or `proj:PROJECT:ROLE`; empty for nobody
/// @param issuer who vouches for it
/// @param groups further subjects
/// @param tokenId id of the token, empty without one
/// @param issuedAt when the token was made
/// @param expiresAt when the token ends; null for never
public record Caller(
        Kind kind,
        String subject,
        String issuer,
        List<String> groups,
        String tokenId,
        @Nullable Instant issuedAt,
        @Nullable Instant expiresAt) {
    /// Of a process that asks nobody who he is.
    public static final Caller UNRESTRICTED =
            new Caller(Kind.UNRESTRICTED, "admin", Tokens.ISSUER, List.of(), "", null, null);

    public static final Caller ANONYMOUS = new Caller(Kind.ANONYMOUS, "", "", List.of(), "", null, null);

    /// How much is known.
    public enum Kind {
        /// No token, and none is asked for.
        UNRESTRICTED,
        ANONYMOUS,
        /// With the token of a session.
        SESSION,
        /// With a token that an account made for a program.
        API_KEY,
        /// With the token of a role of a project.
        PROJECT_TOKEN
    }

    public Caller {
        groups = List.copyOf(groups);
    }

    public boolean anonymous() {
        return kind == Kind.ANONYMOUS;
    }

    /// The name that commands and logs show.
    public String name() {
        return anonymous() ? "anonymous" : subject;
    }
}
