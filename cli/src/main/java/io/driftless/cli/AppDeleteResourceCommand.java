package io.driftless.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `driftless app delete-resource APP`
@Command(
        name = "delete-resource",
        mixinStandardHelpOptions = true,
        description = "Delete a resource of an Application from its cluster.")
final class AppDeleteResourceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Mixin
    private ResourceFlags resources = new ResourceFlags();

    @Option(names = "--force", description = "Do not wait for it to end well.")
    private boolean force;

    @Option(names = "--orphan", description = "Keep what belongs to it.")
    private boolean orphan;

    @Option(names = "--all", description = "Every resource that matches.")
    private boolean all;

    @Override
    public Integer call() {
        resources.requireKind();
        ApiClient api = server.api();
        ApplicationRef ref = app.ref();
        for (ResourceRef resource : resources.find(api, ref, all)) {
            api.delete(ref.path("/resource", resource.query() + "&force=" + force + "&orphan=" + orphan));
            spec.commandLine().getOut().println("Resource '" + resource.name() + "' deleted");
        }
        return ExitCode.OK;
    }
}
