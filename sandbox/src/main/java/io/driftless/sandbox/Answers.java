package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.sandbox.AcceptedForm.Offer;
import io.driftless.sandbox.AcceptedForm.Shape;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.JsonText;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.tables.Tables;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        if (AcceptedForm.prefersYaml(request)) {
            ScopedValue.where(FORM, Form.YAML).run(handling);
        } else if (pretty(request)) {
            ScopedValue.where(FORM, Form.PRETTY).run(handling);
        } else {
            handling.run();
        }
    }

    /// People read what they get with these programs.
    private static boolean pretty(HttpServerRequest request) {
        if (request.getParam("pretty") != null) {
            return flag(request, "pretty");
        }
        String program = request.getHeader("user-agent");
        if (program != null
                && (program.startsWith("curl") || program.startsWith("Wget") || program.startsWith("Mozilla"))) {
            return true;
        }
        return AcceptedForm.accept(request).contains("pretty=1");
    }

    static boolean flag(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value != null && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /// What becomes of one object in the form that was asked for; null for the object as it is.
    static @Nullable Function<ObjectNode, ObjectNode> shape(
            HttpServerRequest request, ResourceType type, AcceptedForm form) {
        return switch (form.shape()) {
            case TABLE -> {
                Tables.Include include = Tables.Include.of(request.getParam("includeObject"));
                yield o -> Tables.of(
                        type,
                        List.of(o),
                        o.path("metadata").path("resourceVersion").asText(),
                        include,
                        form.apiVersion());
            }
            case METADATA -> o -> Tables.partial(o, form.apiVersion());
            case METADATA_LIST, AS_IT_IS, GROUPS -> null;
        };
    }

    static void object(HttpServerRequest request, ResourceType type, int code, Stored object) {
        AcceptedForm form = AcceptedForm.accepted(request, Offer.OBJECTS);
        if (form.shape() == Shape.METADATA_LIST) {
            throw otherwise(
                    "PartialObjectMetadataList, but the requested object is not a list (" + type.goType() + ")");
        }
        Function<ObjectNode, ObjectNode> shape = shape(request, type, form);
        if (shape == null) {
            send(request.response(), code, Buffer.buffer(object.bytesIn(type)), JSON);
        } else {
            send(request.response(), code, shape.apply(object.in(type)), JSON);
        }
    }

    private static ApiError otherwise(String requested) {
        return ApiError.of(406, "NotAcceptable", "you requested " + requested);
    }

    /// A list. Items of built-in types do not repeat its kind and version.
    static void list(HttpServerRequest request, ResourceType type, List<Stored> objects, ObjectNode meta) {
        AcceptedForm form = AcceptedForm.accepted(request, Offer.OBJECTS);
        switch (form.shape()) {
            case METADATA ->
                throw otherwise(
                        "PartialObjectMetadata, but the requested object is a list (" + type.goType() + "List)");
            case TABLE -> {
                Tables.Include include = Tables.Include.of(request.getParam("includeObject"));
                List<ObjectNode> found = new ArrayList<>();
                objects.forEach(object -> found.add(object.in(type)));
                ObjectNode table = Tables.of(type, found, "", include, form.apiVersion());
                table.set("metadata", meta);
                send(request.response(), 200, table, JSON);
            }
            case METADATA_LIST ->
                items(
                        request,
                        head("PartialObjectMetadataList", form.apiVersion(), meta),
                        objects,
                        o -> Json.write(Tables.partial(o.in(type), form.apiVersion())),
                        new byte[0]);
            case AS_IT_IS, GROUPS -> {
                if (type.custom() != null && !meta.has("continue")) {
                    // Lists of defined kinds have it always.
                    meta.put("continue", "");
                }
                byte[] repeated = ("{\"kind\":\"" + type.kind() + "\",\"apiVersion\":\"" + type.apiVersion() + "\",")
                        .getBytes(StandardCharsets.UTF_8);
                items(
                        request,
                        head(type.kind() + "List", type.apiVersion(), meta),
                        objects,
                        o -> o.bytesIn(type),
                        type.custom() == null ? repeated : new byte[0]);
            }
        }
    }

    private static ObjectNode head(String kind, String apiVersion, ObjectNode meta) {
        ObjectNode head = Json.object().put("kind", kind).put("apiVersion", apiVersion);
        head.set("metadata", meta);
        return head;
    }

    /// @param repeated with what items may begin that is left out of them
    private static void items(
            HttpServerRequest request,
            ObjectNode head,
            List<Stored> objects,
            Function<Stored, byte[]> written,
            byte[] repeated) {
        byte[] start = Json.write(head);
        Buffer out = Buffer.buffer().appendBytes(start, 0, start.length - 1).appendString(",\"items\":[");
        String comma = "";
        for (Stored object : objects) {
            out.appendString(comma);
            comma = ",";
            byte[] item = written.apply(object);
            boolean repeats = repeated.length > 0
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
        response.setStatusCode(code);
        if (FORM.isBound() && contentType.equals(JSON)) {
            JsonNode tree = Json.tree(body.getBytes());
            boolean yaml = FORM.get() == Form.YAML;
            String text = yaml ? GoYaml.write(JsonText.sorted(tree)) : JsonText.pretty(tree);
            whole(response, Buffer.buffer(text), yaml ? "application/yaml" : JSON);
        } else {
            whole(response, body, contentType);
        }
    }

    /// Sends what has one form only.
    static void whole(HttpServerResponse response, Buffer body, String contentType) {
        response.putHeader("content-type", contentType);
        Compression.end(response, body);
    }
}
