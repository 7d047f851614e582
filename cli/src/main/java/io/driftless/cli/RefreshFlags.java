package io.driftless.cli;

import picocli.CommandLine.Option;

/// Whether Git is looked at again first.
final class RefreshFlags {
    @Option(names = "--refresh", description = "Look at Git again first.")
    private boolean refresh;

    @Option(names = "--hard-refresh", description = "Look at Git again, forgetting earlier renders.")
    private boolean hard;

    boolean any() {
        return refresh || hard;
    }

    /// As a parameter of the API; empty for none.
    String query() {
        return hard ? "refresh=hard" : refresh ? "refresh=normal" : "";
    }
}
