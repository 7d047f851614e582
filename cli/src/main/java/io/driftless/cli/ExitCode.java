package io.driftless.cli;

/// Exit codes, the same as those of the argocd command line.
final class ExitCode {
    static final int OK = 0;

    /// Wrong usage, a failed sync, or (of `diff`) a difference.
    static final int FAILED = 1;

    /// Wrong usage of `diff`, whose 1 means a difference.
    static final int MISUSED = 2;

    /// The API refused, could not be reached, or a wait timed out.
    static final int API = 20;

    private ExitCode() {}
}
