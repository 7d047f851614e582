package io.driftless.api;

/// The cookie in which browsers keep the token of a session: not readable for scripts, not sent along by other sites.
final class SessionCookie {
    static final String NAME = "argocd.token";

    private SessionCookie() {}

    static String set(String token, boolean secure) {
        return NAME + '=' + token + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    static String clear(boolean secure) {
        return NAME + "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0" + (secure ? "; Secure" : "");
    }
}
