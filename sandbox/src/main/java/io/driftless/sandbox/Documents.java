package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.protobuf.OpenApiProtobuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What the server says about itself: discovery, OpenAPI, version, health. A document is made when it is first asked
/// for and kept until a definition changes what is served; clients that name the hash of the one they have are told
/// that it still holds.
final class Documents {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private final ResourceRegistry registry;
    private final Discovery discovery;
    private final OpenApi openApi;
    private volatile Kept kept = new Kept(-1, Map.of());

    Documents(ResourceRegistry registry) {
        this.registry = registry;
        this.discovery = new Discovery(registry);
        this.openApi = new OpenApi(registry);
    }

    private record Kept(long generation, Map<String, Document> documents) {}

    private record Document(byte[] bytes, String type, String hash) {}

    /// Answers a request for a document; false where the path is no document.
    boolean answer(HttpServerRequest request) {
        String[] parts = request.path().substring(1).split("/");
        String path = String.join("/", parts);
        switch (parts[0]) {
            case "version" -> {
                Acceptance.ofDocument(request, parts);
                Answers.send(request.response(), 200, Discovery.version(), Answers.JSON);
            }
            case "" -> send(request, "/", Answers.JSON, discovery::paths);
            case "healthz", "readyz", "livez" -> {
                if (request.path().endsWith("/")) {
                    return false;
                }
                HealthChecks.answer(request, parts[0], path.substring(Math.min(path.length(), parts[0].length() + 1)));
            }
            case "api" -> {
                if (parts.length > 2) {
                    return false;
                }
                Acceptance.ofDocument(request, parts);
                if (parts.length == 1) {
                    group(request, path, true, Discovery::coreVersions);
                } else {
                    send(request, path, Answers.JSON, () -> discovery.resources("", parts[1]));
                }
            }
            case "apis" -> {
                if (parts.length < 4) {
                    Acceptance.ofDocument(request, parts);
                }
                switch (parts.length) {
                    case 1 -> group(request, path, false, discovery::groups);
                    case 2 -> send(request, path, Answers.JSON, () -> discovery.group(parts[1]));
                    case 3 -> send(request, path, Answers.JSON, () -> discovery.resources(parts[1], parts[2]));
                    default -> {
                        return false;
                    }
                }
            }
            case "openapi" -> openApi(request, path, parts);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void group(HttpServerRequest request, String path, boolean core, Supplier<JsonNode> plain) {
        if (Answers.accept(request).contains("as=APIGroupDiscoveryList")) {
            send(request, path + " aggregated", AGGREGATED, () -> discovery.aggregated(core));
        } else {
            send(request, path, Answers.JSON, plain);
        }
    }

    private void openApi(HttpServerRequest request, String path, String[] parts) {
        String accept = Answers.accept(request);
        if (accept.contains("proto-openapi.spec.v2") && !accept.contains("json") && path.equals("openapi/v2")) {
            Answers.send(request.response(), 200, Buffer.buffer(OpenApiProtobuf.document()), OpenApiProtobuf.TYPE);
            return;
        }
        if (accept.contains("proto-openapi") && !accept.contains("json")) {
            throw ApiError.of(
                    406, "NotAcceptable", "OpenAPI as protobuf is not supported yet: accept application/json");
        }
        boolean three = parts.length > 1 && parts[1].equals("v3");
        if (!Acceptance.ofSchemas(request) && !(three && parts.length == 2)) {
            request.response().setStatusCode(406).end();
            return;
        }
        if (parts.length == 2 && parts[1].equals("v2")) {
            send(request, path, Answers.JSON, openApi::everything);
        } else if (three && parts.length == 2) {
            send(request, path, Answers.JSON, openApi::index);
        } else if (three && parts.length == 4 && parts[2].equals("api")) {
            send(request, path, Answers.JSON, () -> openApi.document("", parts[3]));
        } else if (three && parts.length == 5 && parts[2].equals("apis")) {
            send(request, path, Answers.JSON, () -> openApi.document(parts[3], parts[4]));
        } else {
            throw ApiError.noSuchPath();
        }
    }

    private void send(HttpServerRequest request, String key, String type, Supplier<JsonNode> made) {
        Document document = current().computeIfAbsent(key, _ -> {
            byte[] bytes = Json.write(made.get());
            return new Document(bytes, type, '"' + Hashes.hex(bytes) + '"');
        });
        request.response().putHeader("etag", document.hash()).putHeader("vary", "Accept");
        if (document.hash().equals(request.getHeader("if-none-match"))) {
            request.response().setStatusCode(304).end();
            return;
        }
        Answers.send(request.response(), 200, Buffer.buffer(document.bytes()), document.type());
    }

    private Map<String, Document> current() {
        long generation = registry.generation();
        Kept now = kept;
        if (now.generation() != generation) {
            now = new Kept(generation, new ConcurrentHashMap<>());
            kept = now;
        }
        return now.documents();
    }
}
