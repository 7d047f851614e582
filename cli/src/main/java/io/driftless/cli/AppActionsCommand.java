package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `driftless app actions …`
@Command(
        name = "actions",
        mixinStandardHelpOptions = true,
        description = "What can be done with single resources, such as a restart.")
final class AppActionsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the actions of resources.")
    int list(@Mixin ServerOption server, @Mixin AppOption app, @Mixin ResourceFlags resources) {
        ApiClient api = server.api();
        ApplicationRef ref = app.ref();
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        for (ResourceRef resource : resources.find(api, ref, true)) {
            for (JsonNode action :
                    api.get(ref.path("/resource/actions", resource.query())).path("actions")) {
                actions.add(entry(resource, action));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        actions.forEach(action -> rows.add(List.of(
                action.path("Group").asText(),
                action.path("Kind").asText(),
                action.path("Name").asText(),
                action.path("Action").asText(),
                String.valueOf(action.path("Disabled").asBoolean()))));
        Output.list(
                spec.commandLine().getOut(),
                server.output,
                actions,
                List.of("GROUP", "KIND", "NAME", "ACTION", "DISABLED"),
                rows,
                rows.stream().map(row -> row.get(3)).distinct().toList());
        return ExitCode.OK;
    }

    /// With the capitals that `argocd` writes.
    private static ObjectNode entry(ResourceRef resource, JsonNode action) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Group", resource.group())
                .put("Kind", resource.kind())
                .put("Name", resource.name())
                .put("Action", action.path("name").asText())
                .put("Disabled", action.path("disabled").asBoolean());
    }

    @Command(name = "run", mixinStandardHelpOptions = true, description = "Run an action on a resource.")
    int run(
            @Mixin ConnectionOption server,
            @Mixin AppOption app,
            @Parameters(index = "1", paramLabel = "ACTION", description = "as driftless app actions list says")
                    String action,
            @Mixin ResourceFlags resources,
            @Option(
                            names = "--param",
                            paramLabel = "NAME=VALUE",
                            description = "A parameter of the action, such as replicas=3 of scale; repeatable.")
                    List<String> parameters,
            @Option(names = "--all", description = "On every resource that matches.") boolean all) {
        resources.requireKind();
        ApiClient api = server.api();
        ApplicationRef ref = app.ref();
        for (ResourceRef resource : resources.find(api, ref, all)) {
            api.post(ref.path("/resource/actions/v2", ""), request(resource, action, parameters));
        }
        return ExitCode.OK;
    }

    private static ObjectNode request(ResourceRef resource, String action, List<String> parameters) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("group", resource.group())
                .put("version", resource.version())
                .put("kind", resource.kind())
                .put("namespace", resource.namespace())
                .put("resourceName", resource.name())
                .put("action", action);
        for (String text : parameters == null ? List.<String>of() : parameters) {
            KeyValue pair = KeyValue.parse("--param", text);
            body.withArrayProperty("resourceActionParameters")
                    .addObject()
                    .put("name", pair.key())
                    .put("value", pair.value());
        }
        return body;
    }
}
