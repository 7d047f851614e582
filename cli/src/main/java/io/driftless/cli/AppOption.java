package io.driftless.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Which Application a command is about.
final class AppOption {
    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Parameters(paramLabel = "APP", description = "name or namespace/name")
    private String app = "";

    /// As it was written.
    @Override
    public String toString() {
        return app;
    }

    ApplicationRef ref() {
        ApplicationRef ref = ApplicationRef.parse(app);
        return ref.namespace().isEmpty() ? new ApplicationRef(namespace.namespace, ref.name()) : ref;
    }
}
