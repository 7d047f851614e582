package io.driftless.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command that does something to each resource of an Application that is meant.
abstract class EachResource implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConnectionOption server = new ConnectionOption();

    @Mixin
    private AppOption app = new AppOption();

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Mixin
    private ResourceFlags resources = new ResourceFlags();

    @Option(names = "--all", description = "Every resource that matches.")
    private boolean all;

    private final String done;

    /// @param done what is said of each afterwards
    EachResource(String done) {
        this.done = done;
    }

    /// Does it to one.
    abstract void change(ApiClient api, ApplicationRef ref, ResourceRef resource);

    @Override
    public final Integer call() {
        resources.requireKind();
        ApiClient api = server.api();
        ApplicationRef ref = app.ref().within(project.project);
        for (ResourceRef resource : resources.find(api, ref, all)) {
            change(api, ref, resource);
            spec.commandLine().getOut().println("Resource '" + resource.name() + "' " + done);
        }
        return ExitCode.OK;
    }
}
