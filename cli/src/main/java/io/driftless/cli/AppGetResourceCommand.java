package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.objects.yaml.GoYaml;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app get-resource APP`
@Command(name = "get-resource", mixinStandardHelpOptions = true, description = "Show resources of one kind.")
final class AppGetResourceCommand implements Callable<Integer> {
    /// The values of -o.
    enum Format {
        wide,
        json,
        yaml
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Option(names = "--kind", required = true, paramLabel = "KIND", description = "Kind of the resources.")
    private String kind = "";

    @Option(names = "--resource-name", paramLabel = "NAME", description = "Only the one of this name.")
    private @Nullable String name;

    @Option(
            names = "--filter-fields",
            split = ",",
            paramLabel = "PATH",
            description = "Only these fields, such as status.podIP; separated by commas.")
    private List<String> fields = List.of();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "wide",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Format format = Format.wide;

    @Override
    public Integer call() {
        List<JsonNode> found = found(server.api(), app.ref().within(project.project));
        List<JsonNode> shown = found.stream().map(this::shown).toList();
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json ->
                Output.print(
                        out,
                        Output.Format.json,
                        shown.size() == 1
                                ? shown.getFirst()
                                : JsonNodeFactory.instance.arrayNode().addAll(shown));
            case yaml -> out.print(GoYaml.writeAll(shown));
            case wide -> table(out, found);
        }
        out.flush();
        return ExitCode.OK;
    }

    private List<JsonNode> found(ApiClient api, ApplicationRef ref) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode node : api.get(ref.path("/resource-tree", "")).path("nodes")) {
            ResourceRef resource = ResourceRef.of(node);
            if (resource.kind().equals(kind) && (name == null || resource.name().equals(name))) {
                JsonNode manifest = ApiClient.json(api.get(ref.path("/resource", resource.query()))
                        .path("manifest")
                        .asText("null"));
                found.add(manifest);
            }
        }
        if (found.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.API, "application '" + app + "' has no " + kind + (name == null ? "" : " named " + name));
        }
        return found;
    }

    /// One line a value.
    private void table(PrintWriter out, List<JsonNode> found) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode manifest : found) {
            String resource = manifest.at("/metadata/name").asText();
            FieldPaths.leaves(shown(manifest))
                    .forEach(leaf -> rows.add(
                            name == null
                                    ? List.of(leaf.path(), resource, leaf.value())
                                    : List.of(leaf.path(), leaf.value())));
        }
        Output.table(out, name == null ? List.of("FIELD", "RESOURCE NAME", "VALUE") : List.of("FIELD", "VALUE"), rows);
    }

    private JsonNode shown(JsonNode manifest) {
        return fields.isEmpty() ? manifest : FieldPaths.only(manifest, fields);
    }
}
