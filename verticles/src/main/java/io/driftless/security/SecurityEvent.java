package io.driftless.security;

/// What is told to operators, with the level and the weakness (CWE) that Argo CD's scale gives it: 1 nothing bad, 2 may
/// be an attack but is more likely a mistake, 3 likely an attack, which did not succeed, 4 something that can be
/// exploited, 5 an attack without doubt.
public enum SecurityEvent {
    LOGIN("login", 1, 0),
    LOGIN_FAILED("login-failed", 2, 287),
    /// Too many failures for one name: further logins are refused for a while.
    LOGIN_LOCKED("login-locked", 3, 307),
    TOKEN_REJECTED("token-rejected", 2, 287),
    /// A setting would make administrators of callers without a login.
    STRANGERS_ADMINISTER("strangers-administer", 4, 1188),
    /// A project lets its Applications write what governs the control plane.
    PROJECT_OPEN("project-open", 4, 269),
    HOOK_UNPROVEN("hook-unproven", 2, 345),
    /// A hook that different readers would understand differently.
    HOOK_AMBIGUOUS("hook-ambiguous", 2, 436),
    CLUSTER_REFUSED("cluster-refused", 3, 15),
    /// The certificate of an API server is not checked.
    CLUSTER_UNVERIFIED("cluster-unverified", 2, 295),
    NOT_PERMITTED("not-permitted", 2, 863),
    /// Something in a repository leads out of it.
    PATH_OUTSIDE("path-outside", 3, 22),
    /// A Git host sends us to another host, or to an address that is not encrypted.
    REDIRECT_REFUSED("redirect-refused", 3, 918),
    /// A repository names files of a host that is not for everybody.
    HOST_REFUSED("host-refused", 3, 918);

    private final String text;
    private final int level;
    private final int weakness;

    SecurityEvent(String text, int level, int weakness) {
        this.text = text;
        this.level = level;
        this.weakness = weakness;
    }

    public String text() {
        return text;
    }

    /// 1 to 5.
    public int level() {
        return level;
    }

    /// Number of the CWE; 0 where there is none.
    public int weakness() {
        return weakness;
    }
}
