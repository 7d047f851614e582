package io.driftless.sandbox.access;

/// Whose request is being answered. Not set for administrators and for what the sandbox does by itself: they are asked
/// no questions.
public record Caller(User user, Rbac rbac) {
    /// Of the request that this thread answers.
    public static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /// What is done later as whoever asks now.
    public static Runnable carried(Runnable later) {
        if (!CURRENT.isBound()) {
            return later;
        }
        Caller now = CURRENT.get();
        return () -> ScopedValue.where(CURRENT, now).run(later);
    }
}
