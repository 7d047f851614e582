package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `driftless proj …`
@Command(name = "proj", mixinStandardHelpOptions = true, description = "Projects.")
final class ProjCommand extends CommandGroup {
    private static final String PATH = "/api/v1/projects";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List projects.")
    int list(@Mixin ServerOption server) {
        Output.list(
                out(),
                server.output,
                server.api().get(PATH).path("items"),
                List.of("NAME", "DESCRIPTION", "DESTINATIONS", "SOURCES"),
                project -> List.of(
                        project.at("/metadata/name").asText(),
                        project.at("/spec/description").asText(""),
                        count(project.at("/spec/destinations"), "destinations"),
                        count(project.at("/spec/sourceRepos"), "repos")),
                0);
        return ExitCode.OK;
    }

    private static String count(JsonNode list, String what) {
        if (list.size() == 1) {
            JsonNode only = list.path(0);
            return only.isTextual()
                    ? only.asText()
                    : only.path("server").asText(only.path("name").asText())
                            + ','
                            + only.path("namespace").asText();
        }
        return list.isEmpty() ? "<none>" : list.size() + " " + what;
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Show a project.")
    int get(@Mixin ServerOption server, @Parameters(paramLabel = "PROJECT") String project) {
        JsonNode found = server.api().get(PATH + '/' + ApiClient.encode(project));
        Output.print(out(), Output.forMachines(server.output) ? server.output : Output.Format.yaml, found);
        return ExitCode.OK;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Create a project.")
    int create(
            @Mixin ServerOption server,
            @Parameters(paramLabel = "PROJECT") String project,
            @Option(
                            names = {"-d", "--dest"},
                            paramLabel = "SERVER,NAMESPACE",
                            description = "A destination; may be given several times.")
                    List<String> destinations,
            @Option(
                            names = {"-s", "--src"},
                            paramLabel = "URL",
                            description = "A repository; may be given several times.")
                    List<String> sources,
            @Option(names = "--description", defaultValue = "", description = "What it is for.") String description,
            @Option(names = "--upsert", description = "Replace one that exists.") boolean upsert) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("upsert", upsert);
        ObjectNode document = request.putObject("project");
        document.putObject("metadata").put("name", project);
        ObjectNode declared = document.putObject("spec").put("description", description);
        for (String destination : destinations == null ? List.<String>of() : destinations) {
            int comma = destination.lastIndexOf(',');
            if (comma < 0) {
                throw new CommandFailure(ExitCode.FAILED, "--dest must be SERVER,NAMESPACE");
            }
            declared.withArrayProperty("destinations")
                    .addObject()
                    .put("server", destination.substring(0, comma))
                    .put("namespace", destination.substring(comma + 1));
        }
        for (String source : sources == null ? List.<String>of() : sources) {
            declared.withArrayProperty("sourceRepos").add(source);
        }
        server.api().post(PATH, request);
        return ExitCode.OK;
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete a project.")
    int delete(@Mixin ServerOption server, @Parameters(paramLabel = "PROJECT") String project) {
        server.api().delete(PATH + '/' + ApiClient.encode(project));
        return ExitCode.OK;
    }
}
