package io.driftless.cli;

import picocli.CommandLine.Option;

/// Options of commands that talk to a server and print what it says in one of the usual formats.
final class ServerOption extends ConnectionOption {
    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "One of ${COMPLETION-CANDIDATES}.")
    Output.Format output = Output.Format.table;
}
