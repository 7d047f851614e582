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

    /// Nobody reads the output any more: what a shell reports of any program that a closed pipe ends.
    static final int UNREAD = 141;

    private ExitCode() {}
}
