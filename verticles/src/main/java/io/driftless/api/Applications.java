package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.events.ApplicationName;
import io.driftless.http.HttpFailure;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Writes Application resources.
final class Applications {
    static final String API_VERSION = "argoproj.io/v1alpha1";
    static final String KIND = "Application";
    private final ControlObjects objects;

    Applications(Cluster cluster) {
        this.objects = new ControlObjects(cluster, API_VERSION, KIND);
    }

    /// Creates the Application. One that says the same is returned as it is; another needs `upsert`.
    ///
    /// @param mayChange fails when the caller may not change the Application that exists
    JsonNode create(ObjectNode application, boolean upsert, Consumer<JsonNode> mayChange) {
        ApplicationName name = ApplicationCache.nameOf(application);
        Optional<JsonNode> created = objects.create(application);
        if (created.isPresent()) {
            return created.get();
        }
        JsonNode existing = objects.get(name.namespace(), name.name())
                .orElseThrow(() -> HttpFailure.conflict("application " + name + " is changing; try again"));
        // What stands there is told only to those who may change it.
        mayChange.accept(existing);
        if (says(existing, application)) {
            return existing;
        }
        if (!upsert) {
            throw HttpFailure.invalid("existing application spec is different, use upsert flag to force update");
        }
        return change(name, current -> {
            mayChange.accept(current);
            UnknownFields.keep(current.path("spec"), application.path("spec"));
            return withUserParts(current, application);
        });
    }

    /// Changes the Application that exists.
    JsonNode change(ApplicationName name, UnaryOperator<ObjectNode> edit) {
        return objects.change(
                name.namespace(),
                name.name(),
                edit,
                () -> HttpFailure.notFound("application " + name + " does not exist"));
    }

    /// Deletes the Application; its resources with it when `cascade`.
    void delete(ApplicationName name, boolean cascade, String propagation) {
        change(name, application -> Finalizers.forDeletion(application, cascade, propagation));
        objects.delete(name.namespace(), name.name());
    }

    /// Whether all that is wanted is there: the same spec, and the labels, annotations and finalizers that are given.
    static boolean says(JsonNode existing, ObjectNode wanted) {
        return withUserParts(existing.deepCopy(), wanted).equals(existing);
    }

    /// With what a user writes of it: spec, labels, annotations and finalizers. Parts that are not given stay.
    static ObjectNode withUserParts(ObjectNode current, ObjectNode wanted) {
        return with(current, wanted, true);
    }

    /// The same where the whole is given: a part that is not there is none. Messages of gRPC cannot tell an empty map
    /// from a missing one, and who takes the last label away sends none.
    static ObjectNode replaced(ObjectNode current, ObjectNode wanted) {
        return with(current, wanted, false);
    }

    private static ObjectNode with(ObjectNode current, ObjectNode wanted, boolean keep) {
        current.set("spec", wanted.path("spec").deepCopy());
        ObjectNode metadata = current.withObjectProperty("metadata");
        for (String part : new String[] {"labels", "annotations", "finalizers"}) {
            JsonNode given = wanted.path("metadata").path(part);
            if (!given.isEmpty()) {
                metadata.set(part, given.deepCopy());
            } else if (!given.isMissingNode() || !keep) {
                // The API server keeps no empty part.
                metadata.remove(part);
            }
        }
        return current;
    }
}
