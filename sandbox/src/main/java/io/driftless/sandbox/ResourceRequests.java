package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Requests for resources: each verb of the API.
final class ResourceRequests {
    private static final String JSON = "application/json";
    private final Vertx vertx;
    private final Store store;
    private final ObjectWriter writer;
    private final ObjectRemover remover;
    private final Requests requests;

    ResourceRequests(Vertx vertx, Store store, ObjectWriter writer, ObjectRemover remover, Requests requests) {
        this.vertx = vertx;
        this.store = store;
        this.writer = writer;
        this.remover = remover;
        this.requests = requests;
    }

    void handle(HttpServerRequest request, RequestPath path, Buffer body) {
        if (path.type().namespaced()
                && path.namespace().isEmpty()
                && !path.name().isEmpty()) {
            throw ApiError.noSuchPath();
        }
        boolean known = path.subresource().isEmpty()
                || path.type().subresources().contains(path.subresource())
                || (path.type().id().equals("namespaces") && path.subresource().equals("finalize"));
        if (!known) {
            throw ApiError.noSuchPath();
        }
        boolean collection = path.name().isEmpty();
        switch (request.method().name()) {
            case "GET" -> {
                if (collection || flag(request, "watch")) {
                    read(request, path);
                } else {
                    get(request, path);
                }
            }
            case "POST" -> {
                requests.count("create");
                ObjectWriter.Written out = writer.create(
                        path.type(), path.namespace(), object(request, body), options(request, path, false));
                send(request, path.type(), 201, out.object());
            }
            case "PUT" -> {
                requests.count("update");
                ObjectNode next = object(request, body);
                ObjectNode out = modify(request, path, live -> next);
                send(request, path.type(), 200, out);
            }
            case "PATCH" -> patch(request, path, body);
            case "DELETE" -> {
                requests.count("delete");
                delete(request, path, body, collection);
            }
            default ->
                throw ApiError.of(
                        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }
    }

    private void get(HttpServerRequest request, RequestPath path) {
        requests.count("get");
        ObjectNode object = store.get(ObjectWriter.key(path.type(), path.namespace(), path.name()));
        if (object == null) {
            throw ApiError.notFound(path.type().plural(), path.type().group(), path.name());
        }
        ObjectNode out = Relabel.to(path.type(), object);
        if (path.subresource().equals("scale")) {
            HttpApi.send(request.response(), 200, Scale.of(out), JSON);
        } else {
            send(request, path.type(), 200, out);
        }
    }

    private void read(HttpServerRequest request, RequestPath path) {
        Predicate<JsonNode> selector =
                Selectors.of(request.getParam("labelSelector"), request.getParam("fieldSelector"));
        if (flag(request, "watch")) {
            requests.count("watch");
            watch(request, path, selector);
            return;
        }
        requests.count("list");
        List<ObjectNode> found = new ArrayList<>();
        String version;
        synchronized (store) {
            version = Long.toString(store.version());
            for (ObjectNode object : store.list(path.type().id(), path.namespace())) {
                if (selector.test(object)) {
                    found.add(Relabel.to(path.type(), object));
                }
            }
        }
        String accept = HttpApi.accept(request);
        if (accept.contains("as=Table")) {
            boolean whole = "Object".equals(request.getParam("includeObject"));
            HttpApi.send(request.response(), 200, Tables.of(path.type(), found, version, whole), JSON);
            return;
        }
        boolean partial = accept.contains("as=PartialObjectMetadataList");
        ObjectNode out = Json.object()
                .put("kind", partial ? "PartialObjectMetadataList" : path.type().kind() + "List")
                .put("apiVersion", partial ? "meta.k8s.io/v1" : path.type().apiVersion());
        out.putObject("metadata").put("resourceVersion", version);
        ArrayNode items = out.putArray("items");
        found.forEach(o -> items.add(partial ? Tables.partial(o) : o));
        HttpApi.send(request.response(), 200, out, JSON);
    }

    private void watch(HttpServerRequest request, RequestPath path, Predicate<JsonNode> selector) {
        String accept = HttpApi.accept(request);
        Function<ObjectNode, ObjectNode> shape = o -> o;
        if (accept.contains("as=PartialObjectMetadata")) {
            shape = Tables::partial;
        } else if (accept.contains("as=Table")) {
            boolean whole = "Object".equals(request.getParam("includeObject"));
            shape = o -> Tables.of(
                    path.type(),
                    List.of(o),
                    o.path("metadata").path("resourceVersion").asText(),
                    whole);
        }
        String version = request.getParam("resourceVersion");
        boolean initial = flag(request, "sendInitialEvents");
        boolean now = version == null || version.isEmpty() || version.equals("0") || initial;
        Watch watch = new Watch(vertx, request.response(), path.type(), path.namespace(), path.name(), selector, shape);
        String timeout = request.getParam("timeoutSeconds");
        try {
            watch.start(
                    store,
                    now ? null : Long.valueOf(version),
                    initial,
                    flag(request, "allowWatchBookmarks"),
                    timeout == null ? 0 : Long.parseLong(timeout));
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("resourceVersion and timeoutSeconds must be numbers: " + e.getMessage());
        } catch (ApiError e) {
            // The real server has sent 200 by then: the refusal comes as an event of the stream.
            request.response()
                    .setStatusCode(200)
                    .putHeader("content-type", JSON)
                    .end(Watch.line("ERROR", e.status()));
        }
    }

    private void patch(HttpServerRequest request, RequestPath path, Buffer body) {
        String header = request.getHeader("content-type");
        String contentType = header == null ? "" : header.split(";", 2)[0].strip();
        JsonNode patch = Json.parse(body);
        if (contentType.equals("application/apply-patch+yaml") || contentType.equals("application/apply-patch+json")) {
            requests.count("apply");
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
                    options(request, path, true));
            send(request, path.type(), out.created() ? 201 : 200, out.object());
            return;
        }
        requests.count("patch");
        ObjectNode out = modify(
                request,
                path,
                live -> Patches.apply(
                        contentType,
                        path.subresource().equals("scale")
                                ? io.driftless.objects.Schema.DEDUCED
                                : path.type().schema(),
                        path.type().custom() != null,
                        live,
                        patch));
        send(request, path.type(), 200, out);
    }

    private ObjectNode modify(HttpServerRequest request, RequestPath path, Function<ObjectNode, ObjectNode> change) {
        boolean scale = path.subresource().equals("scale");
        ObjectNode out = writer.update(
                path.type(),
                path.namespace(),
                path.name(),
                path.subresource(),
                options(request, path, false),
                live -> scale ? Scale.into(live, change.apply(Scale.of(live))) : change.apply(live));
        return scale ? Scale.of(out) : out;
    }

    private void delete(HttpServerRequest request, RequestPath path, Buffer body, boolean collection) {
        JsonNode given = body.length() == 0 ? Json.object() : Json.parse(body);
        ObjectNode options = given instanceof ObjectNode object ? object : Json.object();
        String policy = request.getParam("propagationPolicy");
        if (policy != null) {
            options.put("propagationPolicy", policy);
        }
        boolean dryRun = request.getParam("dryRun") != null || options.has("dryRun");
        ResourceType type = path.type();
        if (collection) {
            Predicate<JsonNode> selector =
                    Selectors.of(request.getParam("labelSelector"), request.getParam("fieldSelector"));
            for (ObjectNode object : store.list(type.id(), path.namespace())) {
                if (selector.test(object)) {
                    remover.delete(
                            type, ObjectWriter.key(type, Json.namespace(object), Json.name(object)), options, dryRun);
                }
            }
        } else {
            Store.Key key = ObjectWriter.key(type, path.namespace(), path.name());
            ObjectNode left = remover.delete(type, key, options, dryRun);
            if (left != null) {
                send(request, type, 200, Relabel.to(type, left));
                return;
            }
        }
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details").put("name", path.name());
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural());
        HttpApi.send(request.response(), 200, status, JSON);
    }

    private static void send(HttpServerRequest request, ResourceType type, int code, ObjectNode object) {
        String accept = HttpApi.accept(request);
        boolean scale = object.path("kind").asText().equals("Scale");
        if (accept.contains("as=Table") && !scale) {
            String version = object.path("metadata").path("resourceVersion").asText();
            boolean whole = "Object".equals(request.getParam("includeObject"));
            HttpApi.send(request.response(), code, Tables.of(type, List.of(object), version, whole), JSON);
        } else if (accept.contains("as=PartialObjectMetadata;") || accept.endsWith("as=PartialObjectMetadata")) {
            HttpApi.send(request.response(), code, Tables.partial(object), JSON);
        } else {
            HttpApi.send(request.response(), code, object, JSON);
        }
    }

    private static WriteOptions options(HttpServerRequest request, RequestPath path, boolean apply) {
        String manager = request.getParam("fieldManager");
        if (manager == null || manager.isEmpty()) {
            if (apply) {
                throw ApiError.of(
                        422,
                        "Invalid",
                        "PatchOptions.meta.k8s.io \"" + path.name()
                                + "\" is invalid: fieldManager: Required value: is required for apply patch");
            }
            String agent = request.getHeader("user-agent");
            manager = agent == null || agent.isEmpty() ? "unknown" : agent.split("/", 2)[0];
        }
        String dryRun = request.getParam("dryRun");
        if (dryRun != null && !dryRun.equals("All")) {
            throw ApiError.badRequest("dryRun: Unsupported value: \"" + dryRun + "\": supported values: \"All\"");
        }
        return new WriteOptions(dryRun != null, manager, flag(request, "force"));
    }

    private static boolean flag(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value != null && (value.equals("true") || value.equals("1"));
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
