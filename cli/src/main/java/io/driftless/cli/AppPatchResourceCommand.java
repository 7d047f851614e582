package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app patch-resource APP`
@Command(
        name = "patch-resource",
        mixinStandardHelpOptions = true,
        description = "Patch a resource of an Application on its cluster.")
final class AppPatchResourceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Mixin
    private ResourceFlags resources = new ResourceFlags();

    @Option(names = "--patch", required = true, paramLabel = "JSON", description = "The patch.")
    private String patch = "";

    @Option(
            names = "--patch-type",
            defaultValue = "application/merge-patch+json",
            paramLabel = "TYPE",
            description = "application/merge-patch+json (default), application/json-patch+json or"
                    + " application/strategic-merge-patch+json.")
    private String type = "";

    @Option(names = "--all", description = "Every resource that matches.")
    private boolean all;

    @Override
    public Integer call() {
        resources.requireKind();
        ApiClient api = server.api();
        ApplicationRef ref = app.ref();
        for (ResourceRef resource : resources.find(api, ref, all)) {
            api.post(
                    ref.path("/resource", resource.query() + "&patchType=" + ApiClient.encode(type)),
                    JsonNodeFactory.instance.textNode(patch));
            spec.commandLine().getOut().println("Resource '" + resource.name() + "' patched");
        }
        return ExitCode.OK;
    }
}
