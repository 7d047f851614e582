package io.driftless.sandbox;

import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.ResourceType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/// Requests for resources: those that read, those that write, and questions.
final class ResourceRequests {
    private static final Map<String, String> DEPRECATED = Map.of(
            "endpoints", "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
            "componentstatuses", "v1 ComponentStatus is deprecated in v1.19+");
    private final ReadRequests reads;
    private final WriteRequests writes;
    private final ReviewRequests reviews;
    private final PodRequests pods;

    ResourceRequests(ReadRequests reads, WriteRequests writes, ReviewRequests reviews, PodRequests pods) {
        this.pods = pods;
        this.reads = reads;
        this.writes = writes;
        this.reviews = reviews;
    }

    /// @param cutAfter how many events a watch lives; negative for as many as come
    void handle(HttpServerRequest request, RequestPath path, Buffer body, int cutAfter) {
        ResourceType type = path.type();
        if (type.namespaced() && path.namespace().isEmpty() && !path.name().isEmpty()) {
            throw ApiError.noSuchPath();
        }
        if (PodRequests.about(path)) {
            pods.handle(request, path, body);
            return;
        }
        boolean known = path.subresource().isEmpty()
                || type.subresources().contains(path.subresource())
                || (type.id().equals("namespaces") && path.subresource().equals("finalize"));
        if (!known) {
            throw ApiError.noSuchPath();
        }
        if (path.subresource().equals("finalize") && !request.method().name().equals("PUT")) {
            throw ApiError.methodNotAllowed();
        }
        String deprecated = DEPRECATED.get(type.id());
        if (deprecated != null) {
            request.response().headers().add("Warning", "299 - \"" + deprecated + "\"");
        }
        if (ReviewRequests.about(path)) {
            reviews.handle(request, path, body);
        } else if (request.method().name().equals("GET")) {
            reads.handle(request, path, cutAfter);
        } else {
            writes.handle(request, path, body);
        }
    }
}
