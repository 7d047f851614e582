package io.driftless.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless logout [SERVER]`
@Command(name = "logout", mixinStandardHelpOptions = true, description = "End a session, here and on the server.")
final class LogoutCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SERVER", arity = "0..1", defaultValue = "", description = "default: the one in use")
    private String server = "";

    @Override
    public Integer call() {
        Logins logins = Logins.load(spec.commandLine().getErr());
        String address = server.isEmpty() ? logins.current() : Logins.normalised(server);
        if (!logins.servers().contains(address)) {
            throw new CommandFailure(
                    ExitCode.FAILED, "you are not logged in to " + (address.isEmpty() ? "any server" : address));
        }
        Logins.Login login = logins.of(address);
        try {
            new ApiClient(address, login.token(), login.insecure()).delete("/api/v1/session");
        } catch (CommandFailure unreachable) {
            spec.commandLine().getErr().println("the session was ended here only: " + unreachable.getMessage());
        }
        logins.remove(address);
        spec.commandLine().getOut().println("Logged out from '" + address + "'");
        return ExitCode.OK;
    }
}
