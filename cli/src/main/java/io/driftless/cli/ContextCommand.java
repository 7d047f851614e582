package io.driftless.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless context [SERVER]`
@Command(
        name = "context",
        mixinStandardHelpOptions = true,
        description = "Show where one is logged in, or use another.")
final class ContextCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SERVER", arity = "0..1", defaultValue = "", description = "the server to use")
    private String server = "";

    @Option(names = "--delete", description = "Forget the login instead.")
    private boolean delete;

    @Override
    public Integer call() {
        Logins logins = Logins.load(spec.commandLine().getErr());
        var out = spec.commandLine().getOut();
        if (server.isEmpty()) {
            Output.table(
                    out,
                    List.of("CURRENT", "SERVER"),
                    logins.servers().stream()
                            .map(known -> List.of(known.equals(logins.current()) ? "*" : "", known))
                            .toList());
            return ExitCode.OK;
        }
        String address = Logins.normalised(server);
        if (!logins.servers().contains(address)) {
            throw new CommandFailure(ExitCode.FAILED, "you are not logged in to " + address);
        }
        if (delete) {
            logins.remove(address);
            out.println("Context '" + address + "' deleted");
        } else {
            logins.use(address);
            out.println("Switched to context '" + address + "'");
        }
        return ExitCode.OK;
    }
}
