package io.driftless.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `driftless app delete-resource APP`
@Command(
        name = "delete-resource",
        mixinStandardHelpOptions = true,
        description = "Delete a resource of an Application from its cluster.")
final class AppDeleteResourceCommand extends EachResource {
    @Option(names = "--force", description = "Do not wait for it to end well.")
    private boolean force;

    @Option(names = "--orphan", description = "Keep what belongs to it.")
    private boolean orphan;

    AppDeleteResourceCommand() {
        super("deleted");
    }

    @Override
    void change(ApiClient api, ApplicationRef ref, ResourceRef resource) {
        api.delete(ref.path("/resource", resource.query() + "&force=" + force + "&orphan=" + orphan));
    }
}
