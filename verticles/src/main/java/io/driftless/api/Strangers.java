package io.driftless.api;

import io.driftless.rbac.Rbac;
import io.driftless.security.SecurityEvent;
import io.driftless.security.SecurityLog;
import io.driftless.settings.Settings;

/// Whether callers without a token are let in. Where the default role would make administrators of them, only with
/// consent that says so; then every page tells it.
final class Strangers {
    static final String CONSENT = "users.anonymous.admin.enabled";
    private static final String BANNER = "Everybody who reaches this server is its administrator, without a login"
            + " (users.anonymous.enabled in argocd-cm, policy.default in argocd-rbac-cm).";
    private final Rbac rbac;
    private volatile State state = State.OUT;

    private enum State {
        OUT,
        LET_IN,
        ADMINISTRATORS,
        REFUSED
    }

    Strangers(Rbac rbac) {
        this.rbac = rbac;
    }

    /// To be called after the policy has been taken over.
    synchronized void take(Settings settings) {
        State now = state(settings);
        if (now != state && now == State.REFUSED) {
            SecurityLog.tell(
                    SecurityEvent.STRANGERS_ADMINISTER,
                    "callers without a login are not let in, because policy.default of argocd-rbac-cm would make them"
                            + " administrators; give them a lesser role, or set " + CONSENT
                            + ": true in argocd-cm if that is meant");
        } else if (now != state && now == State.ADMINISTRATORS) {
            SecurityLog.tell(SecurityEvent.STRANGERS_ADMINISTER, BANNER);
        }
        state = now;
    }

    private State state(Settings settings) {
        if (!settings.flag("users.anonymous.enabled", false)) {
            return State.OUT;
        }
        if (!rbac.administratorsByDefault()) {
            return State.LET_IN;
        }
        return settings.flag(CONSENT, false) ? State.ADMINISTRATORS : State.REFUSED;
    }

    boolean letIn() {
        return state == State.LET_IN || state == State.ADMINISTRATORS;
    }

    /// What every page is to show; empty for nothing.
    String banner() {
        return state == State.ADMINISTRATORS ? BANNER : "";
    }
}
