package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app resources APP`: what it deployed; `-o tree` and the machine formats show what lies below, too.
@Command(name = "resources", mixinStandardHelpOptions = true, description = "List the resources of an Application.")
final class AppResourcesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppOption app = new AppOption();

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Option(names = "--orphaned", description = "Only those that belong to no Application.")
    private boolean orphaned;

    @Override
    public Integer call() {
        ApiClient api = server.api();
        ApplicationRef ref = app.ref().within(project.project);
        JsonNode tree = api.get(ref.path("/resource-tree", ""));
        if (Output.isTree(server.output)) {
            AppTree.print(
                    spec.commandLine().getOut(),
                    api.get(ref.path("", "")),
                    tree,
                    server.output == Output.Format.treeDetailed);
            return ExitCode.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        if (!orphaned) {
            add(rows, tree.path("nodes"), "No");
        }
        add(rows, tree.path("orphanedNodes"), "Yes");
        Output.list(
                spec.commandLine().getOut(),
                server.output,
                orphaned ? Output.listOf(tree.path("orphanedNodes")) : tree,
                List.of("GROUP", "KIND", "NAMESPACE", "NAME", "ORPHANED"),
                rows,
                rows.stream().map(row -> row.get(1) + '/' + row.get(3)).toList());
        return ExitCode.OK;
    }

    private static void add(List<List<String>> rows, JsonNode nodes, String orphaned) {
        for (JsonNode node : nodes) {
            if (!node.path("parentRefs").isEmpty()) {
                continue;
            }
            ResourceRef resource = ResourceRef.of(node);
            rows.add(List.of(resource.group(), resource.kind(), resource.namespace(), resource.name(), orphaned));
        }
    }
}
