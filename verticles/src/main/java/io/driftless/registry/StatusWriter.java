package io.driftless.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.registry.StatusTask.Outcome;
import io.driftless.stage.Performer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads and patches Applications for the status stage.
final class StatusWriter implements Performer<StatusTask, Outcome> {
    static final String API_VERSION = "argoproj.io/v1alpha1";
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    private final Cluster cluster;

    StatusWriter(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Outcome perform(String subject, StatusTask task) {
        try {
            return switch (task) {
                case StatusTask.Read read -> read(read);
                case StatusTask.Write write -> write(write);
            };
        } catch (ApiException e) {
            if (e.notFound()) {
                return new Outcome.Gone(task.uid());
            }
            if (e.conflict()) {
                return new Outcome.Changed(task.uid());
            }
            LOG.warn("status of {} cannot be written: {}", subject, e.getMessage());
            return new Outcome.Failed(task.uid(), "" + e.getMessage());
        } catch (ClusterUnreachableException e) {
            return new Outcome.Failed(task.uid(), "" + e.getMessage());
        }
    }

    private Outcome read(StatusTask.Read task) {
        Optional<JsonNode> found = cluster.get(Applications.resource(task.application()), API_VERSION);
        if (found.isEmpty()
                || !found.get().path("metadata").path("uid").asText().equals(task.uid())) {
            return new Outcome.Gone(task.uid());
        }
        JsonNode status = found.get().path("status");
        return new Outcome.WasRead(
                task.uid(),
                version(found.get()),
                found.get().path("spec"),
                status.isObject() ? status : JsonNodeFactory.instance.objectNode());
    }

    /// The uid and the resourceVersion in the patch are compared by the API server: an instance that lost the
    /// Application long ago overwrites nothing.
    private Outcome write(StatusTask.Write task) {
        ObjectNode patch = task.patch().deepCopy();
        patch.withObject("/metadata").put("uid", task.uid()).put("resourceVersion", task.resourceVersion());
        JsonNode written = cluster.mergePatch(Applications.resource(task.application()), API_VERSION, "", patch);
        return new Outcome.Written(task.uid(), version(written));
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }
}
