package io.driftless.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/// Requests for resources, those that read and those that write.
final class ResourceRequests {
    private final ReadRequests reads;
    private final WriteRequests writes;

    ResourceRequests(ReadRequests reads, WriteRequests writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /// @param cutAfter how many events a watch lives; negative for as many as come
    void handle(HttpServerRequest request, RequestPath path, Buffer body, int cutAfter) {
        ResourceType type = path.type();
        if (type.namespaced() && path.namespace().isEmpty() && !path.name().isEmpty()) {
            throw ApiError.noSuchPath();
        }
        boolean known = path.subresource().isEmpty()
                || type.subresources().contains(path.subresource())
                || (type.id().equals("namespaces") && path.subresource().equals("finalize"));
        if (!known) {
            throw ApiError.noSuchPath();
        }
        if (request.method().name().equals("GET")) {
            reads.handle(request, path, cutAfter);
        } else {
            writes.handle(request, path, body);
        }
    }
}
