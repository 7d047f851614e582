package io.driftless.cli;

import picocli.CommandLine.Option;

/// Which project an Application is said to belong to.
final class ProjectOption {
    @Option(
            names = "--project",
            defaultValue = "",
            paramLabel = "PROJECT",
            description = "Its project: whoever names it is told when there is no such Application.")
    String project = "";
}
