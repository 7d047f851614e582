package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.tables.Tables;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers in the form that the client accepts: objects as they are stored, Tables, or metadata alone.
final class Answers {
    static final String JSON = "application/json";
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private static final ScopedValue<Form> FORM = ScopedValue.newInstance();

    private Answers() {}

    /// How the bytes of an answer are to be written where it is not short JSON.
    private enum Form {
        YAML,
        PRETTY
    }

    /// Answers in the form that a request asks for.
    static void formed(HttpServerRequest request, Runnable answering) {
        Runnable handling = Compression.around(request, answering);
        String accept = accept(request);
        String pretty = request.getParam("pretty");
        if (accept.startsWith("application/yaml") && !flag(request, "watch")) {
            ScopedValue.where(FORM, Form.YAML).run(handling);
        } else if (pretty != null && flag(request, "pretty") && !flag(request, "watch")) {
            ScopedValue.where(FORM, Form.PRETTY).run(handling);
        } else {
            handling.run();
        }
    }

    static String accept(HttpServerRequest request) {
        String accept = request.getHeader("accept");
        return accept == null ? "" : accept;
    }

    static boolean flag(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value != null && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /// The form of one object that was asked for; null for the object as it is.
    static @Nullable Function<ObjectNode, ObjectNode> shape(HttpServerRequest request, ResourceType type) {
        String accept = accept(request);
        if (accept.equals(JSON) || accept.isEmpty()) {
            return null;
        }
        if (accept.contains("as=Table")) {
            Tables.Include whole = Tables.Include.of(request.getParam("includeObject"));
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

    /// A list. Items of built-in types do not repeat its kind and version.
    static void list(HttpServerRequest request, ResourceType type, List<Stored> objects, ObjectNode meta) {
        boolean partial = accept(request).contains("as=PartialObjectMetadataList");
        ObjectNode head = Json.object()
                .put("kind", partial ? "PartialObjectMetadataList" : type.kind() + "List")
                .put("apiVersion", partial ? "meta.k8s.io/v1" : type.apiVersion());
        head.set("metadata", meta);
        byte[] start = Json.write(head);
        byte[] repeated = ("{\"kind\":\"" + type.kind() + "\",\"apiVersion\":\"" + type.apiVersion() + "\",")
                .getBytes(StandardCharsets.UTF_8);
        Buffer out = Buffer.buffer().appendBytes(start, 0, start.length - 1).appendString(",\"items\":[");
        String comma = "";
        for (Stored object : objects) {
            out.appendString(comma);
            comma = ",";
            byte[] item = partial ? Json.write(Tables.partial(object.in(type))) : object.bytesIn(type);
            boolean repeats = !partial
                    && type.custom() == null
                    && Arrays.equals(item, 0, Math.min(item.length, repeated.length), repeated, 0, repeated.length);
            if (repeats) {
                out.appendByte((byte) '{').appendBytes(item, repeated.length, item.length - repeated.length);
            } else {
                out.appendBytes(item);
            }
        }
        send(request.response(), 200, out.appendString("]}"), JSON);
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
        JsonNode wait = error.status().at("/details/retryAfterSeconds");
        if (!wait.isMissingNode()) {
            response.putHeader("Retry-After", wait.asText());
        }
        send(response, error.code(), error.status(), JSON);
    }

    static void send(HttpServerResponse response, int code, JsonNode body, String contentType) {
        send(response, code, Json.bytes(body), contentType);
    }

    static void send(HttpServerResponse response, int code, Buffer body, String contentType) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (FORM.isBound() && contentType.equals(JSON)) {
            JsonNode tree = Json.tree(body.getBytes());
            boolean yaml = FORM.get() == Form.YAML;
            response.setStatusCode(code).putHeader("content-type", yaml ? "application/yaml" : JSON);
            Compression.end(response, Buffer.buffer(yaml ? GoYaml.write(tree) : tree.toPrettyString()));
        } else {
            response.setStatusCode(code).putHeader("content-type", contentType);
            Compression.end(response, body);
        }
    }
}
