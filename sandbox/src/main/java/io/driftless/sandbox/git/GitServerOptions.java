package io.driftless.sandbox.git;

import java.util.HashMap;
import java.util.Map;

/// What a [GitServer] grants, so that tests can be the awkward Git host they need.
///
/// @param protocolV2 answer protocol version 2 when the client offers it; otherwise everybody gets version 0
/// @param logins     passwords by user; unless it is empty, every request must carry one of them as basic
/// authentication
/// @param anyWant    serve any reachable commit by its SHA, not only the tips of refs
public record GitServerOptions(boolean protocolV2, Map<String, String> logins, boolean anyWant) {
    public GitServerOptions {
        logins = Map.copyOf(logins);
    }

    /// An open server that speaks v2.
    public static GitServerOptions defaults() {
        return new GitServerOptions(true, Map.of(), true);
    }

    public GitServerOptions withProtocolV2(boolean enabled) {
        return new GitServerOptions(enabled, logins, anyWant);
    }

    /// Lets this user in, beside those who are let in already.
    public GitServerOptions withBasicAuth(String user, String secret) {
        Map<String, String> more = new HashMap<>(logins);
        more.put(user, secret);
        return new GitServerOptions(protocolV2, more, anyWant);
    }

    public GitServerOptions withAnyWant(boolean allowed) {
        return new GitServerOptions(protocolV2, logins, allowed);
    }

    @Override
    public String toString() {
        return "GitServerOptions[protocolV2=" + protocolV2 + ", basicAuth=" + !logins.isEmpty() + ", anyWant=" + anyWant
                + "]";
    }
}
