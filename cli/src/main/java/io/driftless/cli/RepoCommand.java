package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `driftless repo …`
@Command(name = "repo", mixinStandardHelpOptions = true, description = "Repositories and what opens them.")
final class RepoCommand extends CommandGroup {
    private static final String PATH = "/api/v1/repositories";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List repositories.")
    int list(
            @Mixin ServerOption server,
            @Option(names = "--refresh", description = "Look again whether they answer.") boolean refresh) {
        Output.list(
                out(),
                server.output,
                server.api().get(PATH + (refresh ? "?forceRefresh=true" : "")).path("items"),
                List.of("TYPE", "NAME", "REPO", "STATUS", "MESSAGE", "PROJECT"),
                repository -> List.of(
                        repository.path("type").asText(""),
                        repository.path("name").asText(""),
                        repository.path("repo").asText(""),
                        repository.at("/connectionState/status").asText(""),
                        repository.at("/connectionState/message").asText(""),
                        repository.path("project").asText("")),
                2);
        return ExitCode.OK;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Declare a repository, after trying it out.")
    int add(
            @Mixin ServerOption server,
            @Parameters(paramLabel = "URL") String url,
            @Option(names = "--name", defaultValue = "", description = "A name for it.") String name,
            @Option(names = "--username", defaultValue = "", description = "User name.") String username,
            @Option(names = "--password", defaultValue = "", description = "Password or token.") String password,
            @Option(names = "--project", defaultValue = "", description = "The project it belongs to.") String project,
            @Option(names = "--upsert", description = "Replace one that exists.") boolean upsert) {
        ObjectNode repository =
                JsonNodeFactory.instance.objectNode().put("repo", url).put("type", "git");
        put(repository, "name", name);
        put(repository, "username", username);
        put(repository, "password", password);
        put(repository, "project", project);
        server.api().post(PATH + "?upsert=" + upsert, repository);
        out().println("Repository '" + url + "' added");
        return ExitCode.OK;
    }

    private static void put(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }

    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Forget a repository.")
    int remove(@Mixin ServerOption server, @Parameters(paramLabel = "URL") String url) {
        server.api().delete(PATH + '/' + ApiClient.encode(url));
        out().println("Repository '" + url + "' removed");
        return ExitCode.OK;
    }
}
