package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app list`
@Command(name = "list", mixinStandardHelpOptions = true, description = "List Applications.")
final class AppListCommand implements Callable<Integer> {
    /// So many are asked for at once.
    private static final int PAGE = 500;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(
            names = {"-l", "--selector"},
            defaultValue = "",
            description = "Label selector.")
    private String selector = "";

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(
            names = {"-p", "--project"},
            description = "Only those of this project; may be given several times.")
    private List<String> projects = List.of();

    @Option(
            names = {"-r", "--repo"},
            defaultValue = "",
            description = "Only those of this repository.")
    private String repository = "";

    @Option(names = "--search", defaultValue = "", description = "Only those whose name holds this.")
    private String part = "";

    @Override
    public Integer call() {
        ApiClient api = server.api();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        String more = "";
        do {
            JsonNode page = api.get("/api/v1/applications?" + query() + "&continue=" + ApiClient.encode(more));
            page.path("items").forEach(items::add);
            more = page.at("/metadata/continue").asText("");
        } while (!more.isEmpty());
        Output.list(spec.commandLine().getOut(), server.output, items, AppSummary.HEADER, AppSummary::row, 0);
        return ExitCode.OK;
    }

    private String query() {
        StringBuilder query = new StringBuilder("limit=" + PAGE);
        add(query, "selector", selector);
        add(query, "appNamespace", namespace.namespace);
        add(query, "repo", repository);
        add(query, "q", part);
        projects.forEach(project -> add(query, "projects", project));
        return query.toString();
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append('&').append(name).append('=').append(ApiClient.encode(value));
        }
    }
}
