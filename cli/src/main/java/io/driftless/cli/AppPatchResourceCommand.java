package io.driftless.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `driftless app patch-resource APP`
@Command(
        name = "patch-resource",
        mixinStandardHelpOptions = true,
        description = "Patch a resource of an Application on its cluster.")
final class AppPatchResourceCommand extends EachResource {
    @Option(names = "--patch", required = true, paramLabel = "JSON", description = "The patch.")
    private String patch = "";

    @Option(
            names = "--patch-type",
            defaultValue = "application/merge-patch+json",
            paramLabel = "TYPE",
            description = "application/merge-patch+json (default), application/json-patch+json or"
                    + " application/strategic-merge-patch+json.")
    private String type = "";

    AppPatchResourceCommand() {
        super("patched");
    }

    @Override
    void change(ApiClient api, ApplicationRef ref, ResourceRef resource) {
        api.post(
                ref.path("/resource", resource.query() + "&patchType=" + ApiClient.encode(type)),
                JsonNodeFactory.instance.textNode(patch));
    }
}
