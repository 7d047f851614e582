package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// Which resources of an Application are synced.
final class SyncSelection {
    @Option(
            names = "--resource",
            paramLabel = "[!]GROUP:KIND:[NAMESPACE/]NAME",
            description = "Only this one; * is anything, ! all others; repeatable.")
    private List<String> resources = List.of();

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "Only those with this label; repeatable, all have to be there.")
    private List<String> labels = List.of();

    /// Fails with exit code 20 when a resource is not written as it should be.
    List<ResourceChoice> choices() {
        return ResourceChoice.parse(resources);
    }

    boolean all() {
        return resources.isEmpty() && labels.isEmpty();
    }

    /// Adds what is selected to a request; fails with exit code 1 when that is nothing.
    ///
    /// @param known the Application as the server has it
    void apply(ObjectNode body, ApiClient api, ApplicationRef ref, JsonNode known) {
        if (all()) {
            return;
        }
        List<JsonNode> found = new ArrayList<>();
        List<ResourceChoice> choices = choices();
        Set<String> labelled = labels.isEmpty() ? Set.of() : labelled(api, ref);
        for (JsonNode resource : known.at("/status/resources")) {
            if (ResourceChoice.means(resource, choices)
                    && (labels.isEmpty() || labelled.contains(ResourceStates.key(resource)))) {
                found.add(resource);
            }
        }
        if (found.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    labels.isEmpty()
                            ? "No matching app resources found for resource filter: " + String.join(",", resources)
                            : "No matching resources found for labels: " + String.join(",", labels));
        }
        for (JsonNode resource : found) {
            ResourceRef ofIt = ResourceRef.of(resource);
            body.withArrayProperty("resources")
                    .addObject()
                    .put("group", ofIt.group())
                    .put("kind", ofIt.kind())
                    .put("namespace", ofIt.namespace())
                    .put("name", ofIt.name());
        }
    }

    /// The labels are those that Git wants, or, of what Git no longer holds, those of the cluster.
    private Set<String> labelled(ApiClient api, ApplicationRef ref) {
        List<KeyValue> wanted =
                labels.stream().map(label -> KeyValue.parse("--label", label)).toList();
        Set<String> found = new HashSet<>();
        for (JsonNode item : api.get(ref.path("/managed-resources", "")).path("items")) {
            JsonNode target = ApiClient.json(item.path("targetState").asText("null"));
            JsonNode object = target.isObject()
                    ? target
                    : ApiClient.json(item.path("liveState").asText("null"));
            JsonNode has = object.at("/metadata/labels");
            if (wanted.stream()
                    .allMatch(label -> has.path(label.key()).asText("").equals(label.value()))) {
                found.add(ResourceStates.key(item));
            }
        }
        return found;
    }
}
