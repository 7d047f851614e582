package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(
            names = {"-l", "--selector"},
            defaultValue = "",
            description = "Label selector.")
    private String selector = "";

    @Option(
            names = {"-p", "--project"},
            description = "Only those of this project; may be given several times.")
    private List<String> projects = List.of();

    @Option(
            names = {"-r", "--repo"},
            defaultValue = "",
            description = "Only those of this repository.")
    private String repository = "";

    @Option(
            names = {"-c", "--cluster"},
            defaultValue = "",
            description = "Only those that go to the cluster of this address or name.")
    private String cluster = "";

    @Option(
            names = {"-P", "--path"},
            defaultValue = "",
            description = "Only those of this directory of a repository.")
    private String path = "";

    @Option(names = "--search", defaultValue = "", description = "Only those whose name holds this.")
    private String part = "";

    @Override
    public Integer call() {
        Query query = new Query()
                .with("selector", selector)
                .with("appNamespace", namespace.namespace)
                .with("repo", repository)
                .with("q", part);
        projects.forEach(project -> query.with("projects", project));
        ArrayNode items = Fleet.list(server.api(), query);
        items.removeIf(app -> !wanted(app));
        Output.list(spec.commandLine().getOut(), server.output, items, AppRow.HEADER, AppRow::of, 0);
        return ExitCode.OK;
    }

    private boolean wanted(JsonNode app) {
        JsonNode destination = app.at("/spec/destination");
        return (cluster.isEmpty()
                        || destination.path("server").asText("").equals(cluster)
                        || destination.path("name").asText("").equals(cluster))
                && (path.isEmpty() || app.at("/spec/source/path").asText("").equals(path));
    }
}
