package io.driftless.sandbox;

/// Where the sandbox listens and how much it remembers.
///
/// @param host address to listen on
/// @param port port to listen on, 0 for a free one
/// @param history how many past changes of each type a watch can resume from before it is told 410
public record SandboxOptions(String host, int port, int history) {
    public SandboxOptions {
        if (port < 0 || port > 65_535 || history < 1) {
            throw new IllegalArgumentException("port " + port + " or history " + history + " is out of range");
        }
    }

    /// With room for 10,000 changes of each type.
    public SandboxOptions(String host, int port) {
        this(host, port, 10_000);
    }

    /// On a free port of the loopback address.
    public static SandboxOptions loopback() {
        return new SandboxOptions("127.0.0.1", 0);
    }
}
