package io.driftless.auth;

/// Which tokens of project roles are in force.
@FunctionalInterface
public interface ProjectTokens {
    /// @param id of the token; older tokens have none and are known by when they were made
    /// @param issuedAt seconds since 1970
    boolean contains(String project, String role, String id, long issuedAt);
}
