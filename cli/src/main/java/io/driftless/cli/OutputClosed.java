package io.driftless.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/// Standard output takes nothing more. Ends the command, wherever it is.
final class OutputClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputClosed(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /// The exit code. Nothing is said where whoever read had read enough; anything else, such as a full disk, is told.
    int report(PrintWriter err) {
        String reason = String.valueOf(getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("pipe")) {
            return ExitCode.UNREAD;
        }
        err.println("driftless: the output cannot be written: " + reason);
        return ExitCode.FAILED;
    }
}
