package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which resources of an Application a command is about. Those that it deployed come first; what lies below them is
/// looked at only when none of them is meant.
final class ResourceFlags {
    @Option(names = "--group", paramLabel = "GROUP", description = "Group of the resource.")
    private @Nullable String group;

    @Option(names = "--kind", defaultValue = "", paramLabel = "KIND", description = "Kind of the resource.")
    private String kind = "";

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "Namespace of the resource.")
    private @Nullable String namespace;

    @Option(names = "--resource-name", paramLabel = "NAME", description = "Name of the resource.")
    private @Nullable String name;

    /// Fails with exit code 1 when no kind is given, as commands that change something want one.
    void requireKind() {
        if (kind.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "say which kind of resource with --kind");
        }
    }

    /// Fails with exit code 20 when there is none, or more than one without `all`.
    List<ResourceRef> find(ApiClient api, ApplicationRef application, boolean all) {
        List<ResourceRef> found = find(api, application);
        if (found.isEmpty()) {
            throw new CommandFailure(ExitCode.API, "No matching resource found");
        }
        if (found.size() > 1 && !all) {
            throw new CommandFailure(
                    ExitCode.API, "Multiple resources match: name one with --resource-name, or all of them with --all");
        }
        return found;
    }

    private List<ResourceRef> find(ApiClient api, ApplicationRef application) {
        List<ResourceRef> deployed = new ArrayList<>();
        List<ResourceRef> below = new ArrayList<>();
        for (JsonNode node : api.get(application.path("/resource-tree", "")).path("nodes")) {
            ResourceRef resource = ResourceRef.of(node);
            if (wanted(resource)) {
                (node.path("parentRefs").isEmpty() ? deployed : below).add(resource);
            }
        }
        return deployed.isEmpty() ? below : deployed;
    }

    private boolean wanted(ResourceRef resource) {
        return (kind.isEmpty() || kind.equals(resource.kind()))
                && (group == null || group.equals(resource.group()))
                && (namespace == null || namespace.equals(resource.namespace()))
                && (name == null || name.equals(resource.name()));
    }
}
