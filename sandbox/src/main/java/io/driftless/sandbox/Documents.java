package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.AcceptedForm.Shape;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.JsonText;
import io.driftless.sandbox.protobuf.OpenApiProtobuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
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
    ///
    /// @throws ApiError 405 and 406
    boolean answer(HttpServerRequest request) {
        String[] parts = request.path().substring(1).split("/");
        return switch (parts[0]) {
            case "healthz", "readyz", "livez" -> health(request, parts);
            case "version" -> version(request, parts);
            case "" -> parts.length == 1 && request.method() == HttpMethod.GET && root(request);
            case "api", "apis" -> discovery(request, parts);
            case "openapi" -> request.method() == HttpMethod.GET && openApi(request, parts);
            default -> false;
        };
    }

    private static boolean health(HttpServerRequest request, String[] parts) {
        if (request.path().endsWith("/")) {
            return false;
        }
        HealthChecks.answer(
                request, parts[0], String.join("/", Arrays.asList(parts).subList(1, parts.length)));
        return true;
    }

    private static boolean version(HttpServerRequest request, String[] parts) {
        if (parts.length > 1) {
            throw ApiError.noSuchPath();
        }
        reads(request);
        Acceptance.ofDocument(request, parts);
        Answers.whole(request.response(), Buffer.buffer(JsonText.pretty(Discovery.version())), Answers.JSON);
        return true;
    }

    private boolean root(HttpServerRequest request) {
        Answers.whole(request.response(), Buffer.buffer(JsonText.pretty(discovery.paths())), Answers.JSON);
        return true;
    }

    private boolean discovery(HttpServerRequest request, String[] parts) {
        boolean core = parts[0].equals("api");
        // What is no group is no path either, for whatever is below it.
        if (parts.length > (core ? 2 : 3)
                || (!core && parts.length > 1 && !registry.groups().containsKey(parts[1]))) {
            return false;
        }
        reads(request);
        AcceptedForm form = Acceptance.ofDocument(request, parts);
        String path = String.join("/", parts);
        if (form.shape() == Shape.GROUPS) {
            send(request, path + " aggregated", AGGREGATED, () -> discovery.aggregated(core));
        } else if (parts.length == 1 && core) {
            Answers.send(
                    request.response(), 200, Discovery.coreVersions(String.valueOf(request.authority())), Answers.JSON);
        } else if (parts.length == 1) {
            plain(request, path, discovery::groups);
        } else if (!core && parts.length == 2) {
            plain(request, path, () -> discovery.group(parts[1]));
        } else {
            plain(request, path, () -> discovery.resources(core ? "" : parts[1], parts[parts.length - 1]));
        }
        return true;
    }

    private static void reads(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            throw ApiError.methodNotAllowed();
        }
    }

    private boolean openApi(HttpServerRequest request, String[] parts) {
        String accept = AcceptedForm.accept(request);
        String path = String.join("/", parts);
        if (accept.contains("proto-openapi.spec.v2") && !accept.contains("json") && path.equals("openapi/v2")) {
            Answers.whole(request.response(), Buffer.buffer(OpenApiProtobuf.document()), OpenApiProtobuf.TYPE);
            return true;
        }
        if (accept.contains("proto-openapi") && !accept.contains("json")) {
            throw ApiError.of(
                    406, "NotAcceptable", "OpenAPI as protobuf is not supported yet: accept application/json");
        }
        boolean three = parts.length > 1 && parts[1].equals("v3");
        boolean two =
                parts.length == 2 && parts[1].equals("v2") && !request.path().endsWith("/");
        if (!two && !three) {
            return false;
        }
        boolean index = three && parts.length == 2;
        if (!index && (!AcceptedForm.knownType(request) || AcceptedForm.prefersYaml(request))) {
            request.response().setStatusCode(406).end();
        } else if (two) {
            send(request, path, Answers.JSON, openApi::everything);
        } else if (index) {
            send(request, path, "text/plain; charset=utf-8", openApi::index);
        } else if (parts.length == 4 && parts[2].equals("api") && served("", parts[3])) {
            send(request, path, Answers.JSON, () -> openApi.document("", parts[3]));
        } else if (parts.length == 5 && parts[2].equals("apis") && served(parts[3], parts[4])) {
            send(request, path, Answers.JSON, () -> openApi.document(parts[3], parts[4]));
        } else {
            request.response().setStatusCode(404).end();
        }
        return true;
    }

    private boolean served(String group, String version) {
        return registry.groups().getOrDefault(group, Set.of()).contains(version);
    }

    /// In whatever form the client wants it, and without a hash to ask for it again.
    private void plain(HttpServerRequest request, String key, Supplier<JsonNode> made) {
        byte[] bytes = document(key, Answers.JSON, made).bytes();
        Answers.send(request.response(), 200, Buffer.buffer(bytes), Answers.JSON);
    }

    private Document document(String key, String type, Supplier<JsonNode> made) {
        return current().computeIfAbsent(key, _ -> {
            byte[] bytes = Json.write(made.get());
            return new Document(bytes, type, '"' + Hashes.hex(bytes) + '"');
        });
    }

    private void send(HttpServerRequest request, String key, String type, Supplier<JsonNode> made) {
        Document document = document(key, type, made);
        request.response().putHeader("etag", document.hash());
        if (type.startsWith(Answers.JSON)) {
            request.response().putHeader("vary", "Accept");
        }
        if (document.hash().equals(request.getHeader("if-none-match"))) {
            request.response().setStatusCode(304).end();
            return;
        }
        Answers.whole(request.response(), Buffer.buffer(document.bytes()), document.type());
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
