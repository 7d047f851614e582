package io.driftless.cli;

import picocli.CommandLine.Option;

/// Options of every command that talks to a server.
final class ServerOption {
    @Option(
            names = "--server",
            defaultValue = "${DRIFTLESS_SERVER:-http://127.0.0.1:8080}",
            description = "Address of the server (default: ${DEFAULT-VALUE}).")
    String server = "";

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "One of ${COMPLETION-CANDIDATES}.")
    Output.Format output = Output.Format.table;

    ApiClient api() {
        return new ApiClient(server);
    }
}
