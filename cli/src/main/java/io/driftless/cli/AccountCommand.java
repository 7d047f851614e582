package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `driftless account …`
@Command(name = "account", mixinStandardHelpOptions = true, description = "Accounts, passwords and tokens.")
final class AccountCommand extends CommandGroup {
    private static final String PATH = "/api/v1/account";

    @Command(name = "get-user-info", mixinStandardHelpOptions = true, description = "Show who one is.")
    int user(@Mixin ServerOption server) {
        JsonNode user = server.api().get("/api/v1/session/userinfo");
        if (Output.forMachines(server.output)) {
            Output.print(out(), server.output, user);
        } else {
            out().println("Logged In: " + user.path("loggedIn").asBoolean());
            if (user.path("loggedIn").asBoolean()) {
                out().println("Username: " + user.path("username").asText());
                out().println("Issuer: " + user.path("iss").asText());
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List accounts.")
    int list(@Mixin ServerOption server) {
        Output.list(
                out(),
                server.output,
                server.api().get(PATH).path("items"),
                List.of("NAME", "ENABLED", "CAPABILITIES"),
                account -> List.of(
                        account.path("name").asText(), account.path("enabled").asText("false"), capabilities(account)));
        return ExitCode.OK;
    }

    private static String capabilities(JsonNode account) {
        List<String> capabilities = new ArrayList<>();
        account.path("capabilities").forEach(capability -> capabilities.add(capability.asText()));
        return String.join(", ", capabilities);
    }

    @Command(name = "can-i", mixinStandardHelpOptions = true, description = "Print whether one may do something.")
    int canI(
            @Mixin ServerOption server,
            @Parameters(paramLabel = "ACTION") String action,
            @Parameters(paramLabel = "RESOURCE") String resource,
            @Parameters(paramLabel = "OBJECT") String object) {
        String path = PATH + "/can-i/" + ApiClient.encode(resource) + '/' + ApiClient.encode(action) + '/';
        out().println(server.api()
                .get(path + ApiClient.encode(object).replace("%2F", "/"))
                .path("value")
                .asText());
        return ExitCode.OK;
    }

    @Command(name = "update-password", mixinStandardHelpOptions = true, description = "Set a new password.")
    int password(
            @Mixin ServerOption server,
            @Option(names = "--account", defaultValue = "", description = "default: one's own") String account,
            @Option(names = "--current-password", required = true, description = "One's present password.")
                    String present,
            @Option(names = "--new-password", required = true, description = "The new one.") String fresh) {
        server.api()
                .put(
                        PATH + "/password",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("name", account)
                                .put("currentPassword", present)
                                .put("newPassword", fresh));
        out().println("Password updated; sessions that began before are over, log in again");
        return ExitCode.OK;
    }

    @Command(name = "generate-token", mixinStandardHelpOptions = true, description = "Print a new token of an account.")
    int token(
            @Mixin ServerOption server,
            @Option(names = "--account", required = true, description = "An account with the capability apiKey.")
                    String account,
            @Option(names = "--id", defaultValue = "", description = "Name of the token (default: a random one).")
                    String id,
            @Option(names = "--expires-in-seconds", defaultValue = "0", description = "0 for never.") long seconds) {
        out().println(server.api()
                .post(
                        PATH + '/' + ApiClient.encode(account) + "/token",
                        JsonNodeFactory.instance.objectNode().put("id", id).put("expiresIn", seconds))
                .path("token")
                .asText());
        return ExitCode.OK;
    }

    @Command(name = "delete-token", mixinStandardHelpOptions = true, description = "Make a token worthless.")
    int deleteToken(
            @Mixin ServerOption server,
            @Option(names = "--account", required = true, description = "Whose token.") String account,
            @Parameters(paramLabel = "ID") String id) {
        server.api().delete(PATH + '/' + ApiClient.encode(account) + "/token/" + ApiClient.encode(id));
        return ExitCode.OK;
    }
}
