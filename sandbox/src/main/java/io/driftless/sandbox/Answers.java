package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers in the form that the client accepts: objects as they are stored, Tables, or metadata alone.
final class Answers {
    static final String JSON = "application/json";
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static String accept(HttpServerRequest request) {
        String accept = request.getHeader("accept");
        return accept == null ? "" : accept;
    }

    static boolean flag(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value != null && (value.equals("true") || value.equals("1"));
    }

    /// The form of one object that was asked for; null for the object as it is.
    static @Nullable Function<ObjectNode, ObjectNode> shape(HttpServerRequest request, ResourceType type) {
        String accept = accept(request);
        if (accept.equals(JSON) || accept.isEmpty()) {
            return null;
        }
        if (accept.contains("as=Table")) {
            boolean whole = "Object".equals(request.getParam("includeObject"));
            return o -> Tables.of(
                    type, List.of(o), o.path("metadata").path("resourceVersion").asText(), whole);
        }
        return accept.contains("as=PartialObjectMetadata;") || accept.endsWith("as=PartialObjectMetadata")
                ? Tables::partial
                : null;
    }

    static void object(HttpServerRequest request, ResourceType type, int code, Stored object) {
        Function<ObjectNode, ObjectNode> shape = shape(request, type);
        if (shape == null) {
            send(request.response(), code, Buffer.buffer(object.bytesIn(type)), JSON);
        } else {
            send(request.response(), code, shape.apply(object.in(type)), JSON);
        }
    }

    /// `Status` of a request that left nothing to show.
    static void success(HttpServerResponse response, ResourceType type, String name, String uid) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details").put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural());
        if (!uid.isEmpty()) {
            details.put("uid", uid);
        }
        send(response, 200, status, JSON);
    }

    /// Answers a request by what is thrown.
    static void guarded(HttpServerRequest request, Runnable handling) {
        try {
            handling.run();
        } catch (ApiError e) {
            refuse(request.response(), e);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            refuse(request.response(), ApiError.of(500, "InternalError", "Internal error occurred: " + e));
        }
    }

    static void refuse(HttpServerResponse response, ApiError error) {
        send(response, error.code(), error.status(), JSON);
    }

    static void send(HttpServerResponse response, int code, JsonNode body, String contentType) {
        send(response, code, Json.bytes(body), contentType);
    }

    static void send(HttpServerResponse response, int code, Buffer body, String contentType) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(code).putHeader("content-type", contentType).end(body);
        }
    }
}
