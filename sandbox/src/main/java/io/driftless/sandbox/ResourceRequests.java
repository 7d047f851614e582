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
    private final ProxyRequests proxies;

    ResourceRequests(
            ReadRequests reads, WriteRequests writes, ReviewRequests reviews, PodRequests pods, ProxyRequests proxies) {
        this.pods = pods;
        this.proxies = proxies;
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
        if (type.id().equals("bindings")
                && (path.namespace().isEmpty() || !path.name().isEmpty())) {
            throw ApiError.noSuchPath();
        }
        if (PodRequests.about(path)) {
            pods.handle(request, path, body);
            return;
        }
        if (path.subresource().equals("proxy") && type.subresources().contains("proxy")) {
            proxies.handle(path);
            return;
        }
        boolean known = path.subresource().isEmpty()
                || type.subresources().contains(path.subresource())
                || (type.id().equals("namespaces") && path.subresource().equals("finalize"));
        if (!known) {
            throw ApiError.noSuchPath();
        }
        String method = request.method().name();
        boolean whole = path.subresource().isEmpty() || path.subresource().equals("token");
        if (path.subresource().equals("finalize") && !method.equals("PUT")
                || !whole && (method.equals("POST") || method.equals("DELETE"))) {
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
