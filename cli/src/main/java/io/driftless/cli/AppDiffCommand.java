package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `driftless app diff APP`
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show what differs between Git and the cluster; exit code 1 when something does.")
final class AppDiffCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private AppOption app = new AppOption();

    @Override
    public Integer call() {
        JsonNode resources =
                server.api().get(app.ref().path("/differences", "")).path("items");
        var out = spec.commandLine().getOut();
        if (Output.forMachines(server.output)) {
            Output.print(out, server.output, resources);
        } else {
            for (JsonNode resource : resources) {
                out.println("===== " + resource.path("resource").asText() + " ======");
                print(out, resource);
            }
            out.flush();
        }
        return resources.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(java.io.PrintWriter out, JsonNode resource) {
        if (!resource.path("exists").asBoolean()) {
            out.println("+ to be created");
        } else if (!resource.path("wanted").asBoolean()) {
            out.println("- to be pruned");
        }
        for (JsonNode difference : resource.path("differences")) {
            out.println(difference.path("path").asText());
            if (difference.has("live")) {
                out.println("  - " + difference.path("live"));
            }
            if (difference.has("desired")) {
                out.println("  + " + difference.path("desired"));
            }
        }
    }
}
