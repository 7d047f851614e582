package io.driftless.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A command that does something to each resource of an Application that is meant.
abstract class EachResource extends OneApplication {
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
        ApiClient api = api();
        ApplicationRef ref = app.ref().within(project.project);
        for (ResourceRef resource : resources.find(api, ref, all)) {
            change(api, ref, resource);
            out().println("Resource '" + resource.name() + "' " + done);
        }
        return ExitCode.OK;
    }
}
