package io.driftless.auth;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A local account.
///
/// @param capabilities `login` (a password), `apiKey` (tokens for programs)
/// @param passwordHash bcrypt; empty when it has no password
/// @param passwordChanged sessions that began before are over; null when unknown
public record Account(
        String name,
        boolean enabled,
        Set<String> capabilities,
        String passwordHash,
        @Nullable Instant passwordChanged,
        List<Token> tokens) {
    public static final String LOGIN = "login";
    public static final String API_KEY = "apiKey";
    public static final String ADMIN = "admin";

    /// A token that the account made.
    ///
    /// @param issuedAt seconds since 1970
    /// @param expiresAt seconds since 1970; 0 for never
    public record Token(String id, long issuedAt, long expiresAt) {}

    public Account {
        capabilities = Set.copyOf(capabilities);
        tokens = List.copyOf(tokens);
    }

    public boolean can(String capability) {
        return capabilities.contains(capability);
    }

    @Override
    public String toString() {
        return "Account[" + name + ']';
    }
}
