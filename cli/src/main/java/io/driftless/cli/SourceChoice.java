package io.driftless.cli;

import java.util.List;
import picocli.CommandLine.Option;

/// Flags of Applications of several sources. They are known, so that they are answered with what is the matter.
final class SourceChoice {
    @Option(names = "--revisions", paramLabel = "REVISION", description = "Not supported yet: see --revision.")
    private List<String> revisions = List.of();

    @Option(
            names = {"--source-positions", "--source-position"},
            split = ",",
            paramLabel = "NUMBER",
            description = "Which of several sources; they are not supported yet, so 1 it is.")
    private List<Integer> positions = List.of();

    @Option(
            names = {"--source-names", "--source-name"},
            paramLabel = "NAME",
            description = "Which of several sources; they are not supported yet.")
    private List<String> names = List.of();

    /// Fails with exit code 20 when another source is meant than the only one there is.
    void requireOnlyOne() {
        boolean first = positions.stream().allMatch(position -> position == 1);
        if (!first || !names.isEmpty() || !revisions.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.API,
                    "Applications of several sources are not supported yet: --revisions, --source-names and positions"
                            + " other than 1 have nothing to choose from; give --revision for the only source");
        }
    }
}
