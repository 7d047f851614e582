package io.driftless.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/// How long a command waits.
final class TimeoutOption {
    private static final Duration UNLIMITED = Duration.ofDays(365);

    @Option(names = "--timeout", defaultValue = "0", paramLabel = "SECONDS", description = "0 waits without limit.")
    private long seconds;

    Duration limit() {
        return given() ? Duration.ofSeconds(seconds) : UNLIMITED;
    }

    boolean given() {
        return seconds > 0;
    }
}
