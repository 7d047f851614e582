package io.driftless.bench;

import java.io.PrintWriter;

/// Says on the terminal how far long work has come; a line is rewritten at most five times a second.
public final class Progress {
    private static final long PAUSE_NANOS = 200_000_000;
    private final PrintWriter out;
    private final boolean rewrite;
    private long last;

    /// @param rewrite whether a line may be rewritten in place (a terminal); otherwise only ends are printed
    public Progress(PrintWriter out, boolean rewrite) {
        this.out = out;
        this.rewrite = rewrite;
    }

    void step(String what, int done, int all) {
        long now = System.nanoTime();
        boolean end = done == all;
        if (end || (rewrite && now - last > PAUSE_NANOS)) {
            last = now;
            out.print((rewrite ? "\r" : "") + what + " " + done + "/" + all + (end ? "\n" : ""));
            out.flush();
        }
    }

    void say(String what) {
        out.println(what);
        out.flush();
    }
}
