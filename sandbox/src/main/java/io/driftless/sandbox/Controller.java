package io.driftless.sandbox;

import io.driftless.sandbox.Store.Key;

/// Brings about what follows from the objects of one type. Called for an object that changed, or that something it
/// depends on changed for; called once more where its own writes met others.
interface Controller {
    /// Looks at an object that is there and not being deleted.
    void reconcile(Stored object);

    /// Looks at an object that is being deleted.
    default void leaving(Stored object) {}

    /// An object is gone.
    default void gone(Key key) {}
}
