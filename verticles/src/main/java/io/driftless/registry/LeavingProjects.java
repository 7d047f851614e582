package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ResourceId;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a project go that is being deleted, once no Application refers to it: until then its
/// finalizer keeps it, so that its Applications can still delete what they deployed.
record LeavingProjects(Cluster cluster, Projects projects) {
    private static final Logger LOG = LoggerFactory.getLogger(LeavingProjects.class);

    /// @param used whether an Application refers to the project of this name
    void letGo(Predicate<String> used) {
        for (JsonNode project : projects.leaving()) {
            JsonNode metadata = project.path("metadata");
            if (!used.test(metadata.path("name").asText())) {
                release(metadata);
            }
        }
    }

    static boolean leaves(JsonNode project) {
        JsonNode metadata = project.path("metadata");
        return metadata.hasNonNull("deletionTimestamp")
                && SpecReader.texts(metadata.path("finalizers")).stream().anyMatch(Applications::ours);
    }

    private void release(JsonNode metadata) {
        ResourceId id = new ResourceId(
                "argoproj.io",
                "AppProject",
                metadata.path("namespace").asText(),
                metadata.path("name").asText());
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode patched = patch.putObject("metadata");
        patched.set("resourceVersion", metadata.path("resourceVersion"));
        ArrayNode left = patched.putArray("finalizers");
        List<String> finalizers = SpecReader.texts(metadata.path("finalizers"));
        finalizers.stream().filter(finalizer -> !Applications.ours(finalizer)).forEach(left::add);
        try {
            cluster.mergePatch(id, StatusWriter.API_VERSION, "", patch);
        } catch (ApiException e) {
            if (!e.conflict() && !e.notFound()) {
                LOG.warn("AppProject {} cannot be let go: {}", id.name(), e.getMessage());
            }
        } catch (ClusterUnreachableException e) {
            LOG.warn("AppProject {} cannot be let go: {}", id.name(), e.getMessage());
        }
    }
}
