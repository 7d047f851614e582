package io.driftless.sandbox.git;

import org.jspecify.annotations.Nullable;

/// What a [GitServer] grants, so that tests can be the awkward Git host they need.
///
/// @param protocolV2 answer protocol version 2 when the client offers it; otherwise everybody gets version 0
/// @param username   when set, every request must carry this user and `password` as basic authentication
/// @param anyWant    serve any reachable commit by its SHA, not only the tips of refs
public record GitServerOptions(
        boolean protocolV2,
        @Nullable String username,
        @Nullable String password,
        boolean anyWant) {

    /// An open server that speaks v2.
    public static GitServerOptions defaults() {
        return new GitServerOptions(true, null, null, true);
    }

    public GitServerOptions withProtocolV2(boolean enabled) {
        return new GitServerOptions(enabled, username, password, anyWant);
    }

    public GitServerOptions withBasicAuth(String user, String secret) {
        return new GitServerOptions(protocolV2, user, secret, anyWant);
    }

    public GitServerOptions withAnyWant(boolean allowed) {
        return new GitServerOptions(protocolV2, username, password, allowed);
    }

    @Override
    public String toString() {
        return "GitServerOptions[protocolV2=" + protocolV2 + ", basicAuth=" + (username != null) + ", anyWant="
                + anyWant + "]";
    }
}
