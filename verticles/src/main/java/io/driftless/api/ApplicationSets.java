package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes ApplicationSet resources. Each is told in its own status that nothing expands it yet,
/// where people look for what became of it.
final class ApplicationSets {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationSets.class);
    private static final String KIND = "ApplicationSet";
    private final Cluster cluster;
    private final ControlObjects objects;
    private final String namespace;

    ApplicationSets(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.objects = new ControlObjects(cluster, Applications.API_VERSION, KIND);
        this.namespace = namespace;
    }

    Optional<JsonNode> get(String name) {
        return objects.get(namespace, name);
    }

    void delete(String name) {
        objects.delete(namespace, name);
    }

    /// The document ready to be created; fails with [HttpFailure] 400 naming the field.
    ObjectNode checked(ObjectNode sent) {
        JsonNode metadata = sent.path("metadata");
        String home = metadata.path("namespace").asText("");
        if (!home.isEmpty() && !home.equals(namespace)) {
            throw HttpFailure.forbidden("namespace '" + home + "' is not permitted");
        }
        String name = metadata.path("name").asText("");
        if (!name.matches("[a-z0-9]([-a-z0-9.]{0,250}[a-z0-9])?")) {
            throw HttpFailure.invalid("field metadata.name is missing or wrong");
        }
        JsonNode spec = sent.path("spec");
        if (!spec.path("generators").isArray() || spec.path("generators").isEmpty()) {
            throw HttpFailure.invalid("field spec.generators is missing or wrong");
        }
        if (!spec.path("template").isObject()) {
            throw HttpFailure.invalid("field spec.template is missing or wrong");
        }
        if (spec.at("/template/spec/project").asText("").contains("{{")) {
            throw HttpFailure.invalid("the Argo CD API does not currently support creating ApplicationSets with"
                    + " templated `project` fields");
        }
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        set.put("apiVersion", Applications.API_VERSION).put("kind", KIND);
        ObjectNode own = set.putObject("metadata").put("name", name).put("namespace", namespace);
        for (String part : new String[] {"labels", "annotations", "finalizers"}) {
            if (metadata.has(part)) {
                own.set(part, metadata.path(part));
            }
        }
        set.set("spec", spec);
        return set;
    }

    /// There is no other call that changes a set, so what is sent with `upsert` is the whole of it.
    ///
    /// @param mayChange fails when the caller may not change the one that exists
    JsonNode create(ObjectNode set, boolean upsert, Consumer<JsonNode> mayChange) {
        String name = set.path("metadata").path("name").asText();
        Optional<JsonNode> created = objects.create(set);
        if (created.isPresent()) {
            return told(name, created.get());
        }
        JsonNode existing =
                get(name).orElseThrow(() -> HttpFailure.conflict("applicationset " + name + " is changing; try again"));
        mayChange.accept(existing);
        ObjectNode whole = Applications.replaced(existing.deepCopy(), set);
        if (whole.equals(existing)) {
            return existing;
        }
        if (!upsert) {
            throw HttpFailure.invalid("existing ApplicationSet spec is different, use upsert flag to force update");
        }
        return told(
                name,
                objects.change(
                        namespace,
                        name,
                        current -> {
                            mayChange.accept(current);
                            return Applications.replaced(current, set);
                        },
                        () -> HttpFailure.notFound("applicationset " + name + " does not exist")));
    }

    private JsonNode told(String name, JsonNode set) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "ErrorOccurred")
                .put("status", "True")
                .put("reason", "NotSupported")
                .put("message", "expanding ApplicationSets is not supported yet: no Application is made from this one")
                .put(
                        "lastTransitionTime",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        try {
            ResourceId id = ResourceId.of(Applications.API_VERSION, KIND, namespace, name);
            return cluster.mergePatch(id, Applications.API_VERSION, "status", patch);
        } catch (ApiException | ClusterUnreachableException e) {
            LOG.warn("ApplicationSet {} could not be told that it is not expanded: {}", name, e.getMessage());
            return set;
        }
    }
}
