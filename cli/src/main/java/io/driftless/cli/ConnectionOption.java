package io.driftless.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which server a command talks to, and as whom.
class ConnectionOption {
    @Option(
            names = "--server",
            defaultValue = "${DRIFTLESS_SERVER:-}",
            description = "Address of the server (default: the one logged in to, or http://127.0.0.1:8080).")
    String server = "";

    @Option(
            names = "--auth-token",
            defaultValue = "${DRIFTLESS_AUTH_TOKEN:-}",
            description = "Token of an account or of a role of a project (default: that of the login).")
    String token = "";

    @Option(names = "--insecure", description = "Do not check the certificate of the server.")
    boolean insecure;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    final ApiClient api() {
        Logins logins = Logins.load(command.commandLine().getErr());
        String address = address(logins);
        Logins.Login login = logins.of(address);
        return new ApiClient(address, token.isEmpty() ? login.token() : token, insecure || login.insecure());
    }

    private String address(Logins logins) {
        String current = logins.current();
        return !server.isEmpty() ? Logins.normalised(server) : current.isEmpty() ? "http://127.0.0.1:8080" : current;
    }
}
