package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// The outside of the server: reads a request, sends it to discovery or to a resource, writes the answer
/// or the
/// refusal.
final class HttpApi implements Handler<HttpServerRequest> {
    private static final int MAX_BODY = 3 * 1024 * 1024;
    private final ResourceRegistry registry;
    private final FaultyRequests resources;
    private final AdminRequests admin;
    private final Discovery discovery;
    private final OpenApi openApi;

    HttpApi(ResourceRegistry registry, FaultyRequests resources, AdminRequests admin) {
        this.registry = registry;
        this.resources = resources;
        this.admin = admin;
        this.discovery = new Discovery(registry);
        this.openApi = new OpenApi(registry);
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD) {
            answer(request, Buffer.buffer());
            return;
        }
        Buffer body = Buffer.buffer();
        boolean[] refused = {false};
        request.handler(chunk -> {
            if (refused[0]) {
                return;
            }
            if (body.length() + chunk.length() > MAX_BODY) {
                refused[0] = true;
                Answers.refuse(
                        request.response(),
                        ApiError.of(
                                413,
                                "RequestEntityTooLarge",
                                "Request entity too large: limit is " + MAX_BODY + " bytes"));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(_ -> {
            if (!refused[0]) {
                answer(request, body);
            }
        });
    }

    private void answer(HttpServerRequest request, Buffer body) {
        Answers.guarded(request, () -> handle(request, body));
    }

    private void handle(HttpServerRequest request, Buffer body) {
        if (request.path().startsWith(AdminRequests.PREFIX)) {
            admin.handle(request, body);
            return;
        }
        ObjectNode document = document(request, request.path());
        if (document != null) {
            boolean aggregated = document.path("kind").asText().equals("APIGroupDiscoveryList");
            Answers.send(
                    request.response(),
                    200,
                    document,
                    aggregated ? "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" : Answers.JSON);
            return;
        }
        RequestPath path = RequestPath.parse(request.path(), registry);
        if (path == null) {
            throw ApiError.noSuchPath();
        }
        resources.handle(request, path, body);
    }

    private @Nullable ObjectNode document(HttpServerRequest request, String path) {
        boolean aggregated = Answers.accept(request).contains("as=APIGroupDiscoveryList");
        String[] parts = path.substring(1).split("/");
        return switch (parts[0]) {
            case "version" -> Discovery.version();
            case "healthz", "readyz", "livez" -> {
                request.response().putHeader("content-type", "text/plain").end("ok");
                yield Json.object();
            }
            case "api" ->
                parts.length == 1
                        ? aggregated ? discovery.aggregated(true) : Discovery.coreVersions()
                        : parts.length == 2 ? discovery.resources("", parts[1]) : null;
            case "apis" ->
                switch (parts.length) {
                    case 1 -> aggregated ? discovery.aggregated(false) : discovery.groups();
                    case 2 -> discovery.group(parts[1]);
                    case 3 -> discovery.resources(parts[1], parts[2]);
                    default -> null;
                };
            case "openapi" -> {
                if (parts.length == 2 && parts[1].equals("v3")) {
                    yield openApi.index();
                }
                if (parts.length == 4 && parts[2].equals("api")) {
                    yield openApi.document("", parts[3]);
                }
                if (parts.length == 5 && parts[2].equals("apis")) {
                    yield openApi.document(parts[3], parts[4]);
                }
                throw ApiError.noSuchPath();
            }
            default -> null;
        };
    }
}
