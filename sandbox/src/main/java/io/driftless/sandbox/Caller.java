package io.driftless.sandbox;

import io.driftless.sandbox.access.Rbac;
import io.driftless.sandbox.access.User;

/// Whose request is being answered. Not set for administrators and for what the sandbox does by itself: they are asked
/// no questions.
record Caller(User user, Rbac rbac) {
    static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /// What is done later as whoever asks now.
    static Runnable carried(Runnable later) {
        if (!CURRENT.isBound()) {
            return later;
        }
        Caller now = CURRENT.get();
        return () -> ScopedValue.where(CURRENT, now).run(later);
    }
}
