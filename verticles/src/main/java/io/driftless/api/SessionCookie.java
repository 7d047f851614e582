package io.driftless.api;

/// The cookie in which browsers keep the token of a session: not readable for scripts, not sent along by other sites.
final class SessionCookie {
    static final String NAME = "argocd.token";

    private SessionCookie() {}

    /// @param path below which the server is seen
    static String set(String token, String path, boolean secure) {
        return NAME + '=' + token + "; Path=" + path + "/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    static String clear(String path, boolean secure) {
        return NAME + "=; Path=" + path + "/; HttpOnly; SameSite=Lax; Max-Age=0" + (secure ? "; Secure" : "");
    }
}
