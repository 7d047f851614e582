package io.driftless.auth;

/// Who is let in by the API.
public enum AuthMode {
    /// Everybody who reaches the port is the administrator.
    NONE,
    /// Callers log in, or bring a token.
    ACCOUNTS
}
