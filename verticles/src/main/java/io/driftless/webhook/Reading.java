package io.driftless.webhook;

/// What a provider makes of a payload.
sealed interface Reading {
    /// Something moved.
    record Pushed(Push push) implements Reading {}

    /// Nothing for us in it, and the host shall be content.
    record Ignored(String reason) implements Reading {}
}
