package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Schema;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Requests that write: create, update, patch, apply, delete.
final class WriteRequests {
    private final Store store;
    private final ObjectWriter writer;
    private final ObjectRemover remover;
    private final Requests requests;

    WriteRequests(Store store, ObjectWriter writer, ObjectRemover remover, Requests requests) {
        this.store = store;
        this.writer = writer;
        this.remover = remover;
        this.requests = requests;
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        switch (request.method().name()) {
            case "POST" -> {
                requests.count("create");
                ObjectWriter.Written out = writer.create(
                        path.type(), path.namespace(), object(request, body), options(request, path, "create"));
                Answers.object(request, path.type(), 201, out.stored());
            }
            case "PUT" -> {
                requests.count("update");
                ObjectNode next = object(request, body);
                modify(request, path, "update", live -> next);
            }
            case "PATCH" -> patch(request, path, body);
            case "DELETE" -> {
                requests.count("delete");
                delete(request, path, body);
            }
            default ->
                throw ApiError.of(
                        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }
    }

    private void patch(HttpServerRequest request, RequestPath path, Buffer body) {
        String header = request.getHeader("content-type");
        String contentType = header == null ? "" : header.split(";", 2)[0].strip();
        JsonNode patch = Json.parse(body);
        if (contentType.equals("application/apply-patch+yaml") || contentType.equals("application/apply-patch+json")) {
            requests.count("apply");
            apply(request, path, patch);
            return;
        }
        requests.count("patch");
        boolean scale = path.subresource().equals("scale");
        Schema schema = scale ? Schema.DEDUCED : path.type().schema();
        boolean custom = path.type().custom() != null;
        modify(request, path, "patch", live -> Patches.apply(contentType, schema, custom, live, patch));
    }

    private void apply(HttpServerRequest request, RequestPath path, JsonNode patch) {
        if (!(patch instanceof ObjectNode intent)) {
            throw ApiError.badRequest("an apply takes an object");
        }
        if (path.subresource().equals("scale")) {
            throw ApiError.of(415, "UnsupportedMediaType", "apply to the scale subresource is not supported yet");
        }
        ObjectWriter.Written out = writer.apply(
                path.type(),
                path.namespace(),
                path.name(),
                path.subresource(),
                intent,
                options(request, path, "apply"));
        Answers.object(request, path.type(), out.created() ? 201 : 200, out.stored());
    }

    private void modify(HttpServerRequest request, RequestPath path, String verb, UnaryOperator<ObjectNode> change) {
        boolean scale = path.subresource().equals("scale");
        Stored out = writer.update(
                path.type(),
                path.namespace(),
                path.name(),
                path.subresource(),
                options(request, path, verb),
                live -> scale ? Scale.into(live, change.apply(Scale.of(live))) : change.apply(live));
        if (scale) {
            Answers.send(request.response(), 200, Scale.of(out.in(path.type())), Answers.JSON);
        } else {
            Answers.object(request, path.type(), 200, out);
        }
    }

    private void delete(HttpServerRequest request, RequestPath path, Buffer body) {
        JsonNode given = body.length() == 0 ? Json.object() : Json.parse(body);
        ObjectNode options = given instanceof ObjectNode object ? object : Json.object();
        String policy = request.getParam("propagationPolicy");
        if (policy != null) {
            options.put("propagationPolicy", policy);
        }
        boolean dryRun = request.getParam("dryRun") != null || options.has("dryRun");
        ResourceType type = path.type();
        Author author = options(request, path, "delete").author();
        if (path.name().isEmpty()) {
            Predicate<JsonNode> selector =
                    Selectors.of(request.getParam("labelSelector"), request.getParam("fieldSelector"));
            for (Stored object : store.list(type.id(), path.namespace())) {
                if (selector.test(object.tree())) {
                    remover.delete(type, object.key(), options, dryRun, author);
                }
            }
            Answers.success(request.response(), type, "", "");
            return;
        }
        Store.Key key = ObjectWriter.key(type, path.namespace(), path.name());
        Stored live = store.get(key);
        Stored left = remover.delete(type, key, options, dryRun, author);
        if (left != null) {
            Answers.object(request, type, 200, left);
        } else {
            Answers.success(request.response(), type, path.name(), live == null ? "" : live.uid());
        }
    }

    private static WriteOptions options(HttpServerRequest request, RequestPath path, String verb) {
        String client = Call.client(request);
        String manager = request.getParam("fieldManager");
        if (manager == null || manager.isEmpty()) {
            if (verb.equals("apply")) {
                throw ApiError.of(
                        422,
                        "Invalid",
                        "PatchOptions.meta.k8s.io \"" + path.name()
                                + "\" is invalid: fieldManager: Required value: is required for apply patch");
            }
            manager = client;
        }
        String dryRun = request.getParam("dryRun");
        if (dryRun != null && !dryRun.equals("All")) {
            throw ApiError.badRequest("dryRun: Unsupported value: \"" + dryRun + "\": supported values: \"All\"");
        }
        return new WriteOptions(dryRun != null, Answers.flag(request, "force"), new Author(client, verb, manager));
    }

    private static ObjectNode object(HttpServerRequest request, Buffer body) {
        String type = request.getHeader("content-type");
        if (type != null && type.startsWith(Protobuf.TYPE)) {
            return Protobuf.read(body);
        }
        if (Json.parse(body) instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.badRequest("the body of the request is no object");
    }
}
