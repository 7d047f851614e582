package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.events.ResourceId;
import io.driftless.http.HttpFailure;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Objects of one kind in the control plane. Every call blocks; a change carries the
/// resourceVersion it was made from and is made anew when somebody else was faster. What the API
/// server answers becomes a [HttpFailure].
final class ControlObjects {
    private static final String MANAGER = "driftless-api";
    private static final int ATTEMPTS = 5;
    private final Cluster cluster;
    private final String apiVersion;
    private final String kind;

    ControlObjects(Cluster cluster, String apiVersion, String kind) {
        this.cluster = cluster;
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    Optional<JsonNode> get(String namespace, String name) {
        return answered(() -> cluster.get(id(namespace, name), apiVersion));
    }

    /// Creates the object; empty when there is one of its name.
    Optional<JsonNode> create(ObjectNode object) {
        return answered(() -> {
            try {
                return Optional.of(cluster.create(object, MANAGER, false));
            } catch (ApiException e) {
                if (e.code() == 409) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /// Changes the object.
    ///
    /// @param missing what to fail with when there is none
    JsonNode change(String namespace, String name, UnaryOperator<ObjectNode> edit, Supplier<HttpFailure> missing) {
        for (int attempt = 1; ; attempt++) {
            ObjectNode current =
                    get(namespace, name).map(JsonNode::<ObjectNode>deepCopy).orElseThrow(missing);
            ObjectNode after = edit.apply(current);
            try {
                return answered(() -> cluster.replace(after, MANAGER));
            } catch (HttpFailure e) {
                if (e.status() != 409 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// Deletes the object; false when it was gone.
    boolean delete(String namespace, String name) {
        return answered(() ->
                cluster.delete(id(namespace, name), apiVersion, new Cluster.Delete(null, null, "Background", false)));
    }

    private ResourceId id(String namespace, String name) {
        return ResourceId.of(apiVersion, kind, namespace, name);
    }

    static <T> T answered(Supplier<T> request) {
        try {
            return request.get();
        } catch (ApiException e) {
            throw refused(e);
        } catch (ClusterUnreachableException e) {
            throw unreachable(e);
        }
    }

    static HttpFailure unreachable(ClusterUnreachableException e) {
        return HttpFailure.unavailable(String.valueOf(e.getMessage()));
    }

    static HttpFailure refused(ApiException e) {
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
