package io.driftless.webhook;

/// What is known of the secret of one kind of host.
public sealed interface HookSecret {
    HookSecret NONE = new Unset();

    /// Nobody configured one: hooks of this kind are taken from anybody (Argo CD does the same).
    record Unset() implements HookSecret {}

    /// Hooks must prove that they know it.
    record Given(String value) implements HookSecret {
        /// Never the value.
        @Override
        public String toString() {
            return "Given[value=***]";
        }
    }

    /// One was configured but cannot be found: hooks of this kind are refused until it is.
    ///
    /// @param where the Secret and key that point to it
    record Missing(String where) implements HookSecret {}
}
