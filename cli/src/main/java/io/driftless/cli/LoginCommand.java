package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless login SERVER`
@Command(name = "login", mixinStandardHelpOptions = true, description = "Log in to a server and use it from now on.")
final class LoginCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SERVER", description = "address, such as https://driftless.example.com")
    private String server = "";

    @Option(names = "--username", defaultValue = "", description = "Account (asked for when left out).")
    private String username = "";

    @Option(names = "--password", defaultValue = "", description = "Its password (asked for when left out).")
    private String password = "";

    @Option(names = "--insecure", description = "Do not check the certificate of the server.")
    private boolean insecure;

    @Override
    public Integer call() {
        String address = Logins.normalised(server);
        String name = username.isEmpty() ? asked("Username: ", false) : username;
        String secret = password.isEmpty() ? asked("Password: ", true) : password;
        ApiClient api = new ApiClient(address, "", insecure);
        String token = api.post(
                        "/api/v1/session",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("username", name)
                                .put("password", secret))
                .path("token")
                .asText();
        var err = spec.commandLine().getErr();
        Logins.load(err).put(address, new Logins.Login(token, insecure));
        spec.commandLine().getOut().println("'" + name + ":login' logged in successfully");
        spec.commandLine().getOut().println("Context '" + address + "' updated");
        ServerVersion.warningOf(api).ifPresent(err::println);
        return ExitCode.OK;
    }

    private static String asked(String prompt, boolean hidden) {
        Console console = System.console();
        if (console == null) {
            throw new CommandFailure(ExitCode.FAILED, "give --username and --password: there is no terminal to ask at");
        }
        if (!hidden) {
            return console.readLine(prompt);
        }
        char[] typed = console.readPassword(prompt);
        return typed == null ? "" : new String(typed);
    }
}
