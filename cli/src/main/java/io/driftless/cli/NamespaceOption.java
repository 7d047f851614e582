package io.driftless.cli;

import picocli.CommandLine.Option;

/// In which namespace an Application is.
final class NamespaceOption {
    @Option(
            names = {"-N", "--app-namespace"},
            defaultValue = "",
            paramLabel = "NAMESPACE",
            description = "Namespace of the Application (default: that of the server).")
    String namespace = "";
}
