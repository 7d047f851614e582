package io.driftless.sandbox;

import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;

/// Requests that are to be passed on to a pod, a service or a node. Nothing runs here that could answer them.
final class ProxyRequests {
    private final Store store;

    ProxyRequests(Store store) {
        this.store = store;
    }

    /// @throws ApiError always: 404 where the object is missing, 503 where it is there
    void handle(RequestPath path) {
        ResourceType type = path.type();
        // `https:web:8443` names a scheme and a port too.
        String[] parts = path.name().split(":", -1);
        String name = parts.length == 3 ? parts[1] : parts[0];
        if (store.get(ObjectWriter.key(type, path.namespace(), name)) == null) {
            throw ApiError.notFound(type.plural(), type.group(), name);
        }
        throw ApiError.of(
                503,
                "ServiceUnavailable",
                "error trying to reach service: the sandbox does not support proxies: nothing runs in the "
                        + type.singular() + " " + Json.quoted(name));
    }
}
