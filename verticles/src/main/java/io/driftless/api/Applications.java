package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.events.ApplicationName;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Writes Application resources. Every call blocks; every change carries the resourceVersion it was made from
/// and is made anew when somebody else was faster.
final class Applications {
    static final String API_VERSION = "argoproj.io/v1alpha1";
    static final String KIND = "Application";
    private static final String MANAGER = "driftless-api";
    private static final int ATTEMPTS = 5;
    private final Cluster cluster;

    Applications(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Creates the Application. One with the same spec is returned as it is; another spec needs `upsert`.
    ///
    /// @param mayChange fails when the caller may not change the Application that exists
    JsonNode create(ObjectNode application, boolean upsert, Consumer<JsonNode> mayChange) {
        ApplicationName name = ApplicationCache.nameOf(application);
        try {
            return cluster.create(application, MANAGER, false);
        } catch (ApiException e) {
            if (e.code() != 409) {
                throw refused(e);
            }
        }
        JsonNode existing =
                get(name).orElseThrow(() -> HttpFailure.conflict("application " + name + " is changing; try again"));
        // What stands there is told only to those who may change it.
        mayChange.accept(existing);
        if (existing.path("spec").equals(application.path("spec"))) {
            return existing;
        }
        if (!upsert) {
            throw HttpFailure.invalid("existing application spec is different, use upsert flag to force update");
        }
        return change(name, current -> {
            mayChange.accept(current);
            return withUserParts(current, application);
        });
    }

    /// Changes the Application that exists.
    JsonNode change(ApplicationName name, UnaryOperator<ObjectNode> edit) {
        for (int attempt = 1; ; attempt++) {
            ObjectNode current = get(name)
                    .map(JsonNode::<ObjectNode>deepCopy)
                    .orElseThrow(() -> HttpFailure.notFound("application " + name + " does not exist"));
            try {
                return cluster.replace(edit.apply(current), MANAGER);
            } catch (ApiException e) {
                if (!e.conflict() || attempt == ATTEMPTS) {
                    throw refused(e);
                }
            }
        }
    }

    /// Deletes the Application; its resources with it when `cascade`.
    void delete(ApplicationName name, boolean cascade, String propagation) {
        change(name, application -> Finalizers.forDeletion(application, cascade, propagation));
        try {
            cluster.delete(id(name), API_VERSION, new Cluster.Delete(null, null, "Background", false));
        } catch (ApiException e) {
            throw refused(e);
        }
    }

    private Optional<JsonNode> get(ApplicationName name) {
        try {
            return cluster.get(id(name), API_VERSION);
        } catch (ApiException e) {
            throw refused(e);
        }
    }

    /// What a user writes of an Application: spec, labels, annotations and finalizers.
    static ObjectNode withUserParts(ObjectNode current, ObjectNode wanted) {
        current.set("spec", wanted.path("spec").deepCopy());
        ObjectNode metadata = current.withObjectProperty("metadata");
        for (String part : new String[] {"labels", "annotations", "finalizers"}) {
            JsonNode given = wanted.path("metadata").path(part);
            if (!given.isMissingNode()) {
                metadata.set(part, given.deepCopy());
            }
        }
        return current;
    }

    private static ResourceId id(ApplicationName name) {
        return ResourceId.of(API_VERSION, KIND, name.namespace(), name.name());
    }

    private static HttpFailure refused(ApiException e) {
        String message = e.getMessage() == null ? "the API server refused" : e.getMessage();
        return switch (e.code()) {
            case 400, 422 -> HttpFailure.invalid(message);
            case 401, 403 -> HttpFailure.forbidden(message);
            case 404 -> HttpFailure.notFound(message);
            case 409 -> HttpFailure.conflict(message);
            case 429 -> HttpFailure.tooMany(message);
            default -> HttpFailure.unavailable(message);
        };
    }
}
