package io.driftless.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the sandbox listens and how much it remembers.
///
/// @param host address to listen on
/// @param port port to listen on, 0 for a free one
/// @param history how many past changes of each type a watch can resume from before it is told 410
/// @param auditFile where every write goes, one line of JSON each; null to keep the last writes in memory alone
public record SandboxOptions(
        String host, int port, int history, @Nullable Path auditFile) {
    public SandboxOptions {
        if (port < 0 || port > 65_535 || history < 1) {
            throw new IllegalArgumentException("port " + port + " or history " + history + " is out of range");
        }
    }

    /// With room for 10,000 changes of each type.
    public SandboxOptions(String host, int port) {
        this(host, port, 10_000, null);
    }

    /// On a free port of the loopback address.
    public static SandboxOptions loopback() {
        return new SandboxOptions("127.0.0.1", 0);
    }

    /// The same with the writes in a file.
    public SandboxOptions audited(Path file) {
        return new SandboxOptions(host, port, history, file);
    }
}
