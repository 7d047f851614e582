package io.driftless.localcluster;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// Ends the processes when this one is gone, however it went: a shell that reads their ids from a pipe and kills them
/// when nobody holds the other end any more.
final class Guardian implements AutoCloseable {
    private static final String SCRIPT = "trap '' INT TERM HUP; all=; while read -r one; do all=\"$all $one\"; done; "
            + "[ -z \"$all\" ] || kill -9 $all 2>/dev/null; exit 0";
    private final Process shell;
    private final Writer ids;

    private Guardian(Process shell) {
        this.shell = shell;
        this.ids = shell.outputWriter();
    }

    static Guardian start() {
        try {
            return new Guardian(new ProcessBuilder(List.of("/bin/sh", "-c", SCRIPT))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new LocalClusterException("/bin/sh cannot be started: " + e.getMessage(), e);
        }
    }

    void watch(ProcessHandle process) {
        try {
            ids.write(process.pid() + "\n");
            ids.flush();
        } catch (IOException e) {
            throw new LocalClusterException("the guardian of the cluster's processes is gone: " + e.getMessage(), e);
        }
    }

    /// Lets go of them. They are gone or are to stay; their ids may belong to others soon.
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
