package io.driftless.pipeline;

import io.driftless.cli.Main;
import io.driftless.pipeline.ArgoCd.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The command line of Driftless, run in this process.
final class OwnCommandLine {
    private OwnCommandLine() {}

    static Result run(URI server, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", server.toString()));
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }
}
