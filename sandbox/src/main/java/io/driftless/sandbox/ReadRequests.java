package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Requests that read: get, list, watch.
final class ReadRequests {
    private final Vertx vertx;
    private final Store store;
    private final Requests requests;
    private final Pages pages = new Pages();
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    ReadRequests(Vertx vertx, Store store, Requests requests) {
        this.vertx = vertx;
        this.store = store;
        this.requests = requests;
    }

    void handle(HttpServerRequest request, RequestPath path, int cutAfter) {
        if (Answers.flag(request, "watch")) {
            requests.count("watch");
            watch(request, path, cutAfter);
        } else if (path.name().isEmpty()) {
            requests.count("list");
            list(request, path);
        } else {
            requests.count("get");
            get(request, path);
        }
    }

    /// Cuts the connections of all open watches.
    void cutWatches() {
        watches.forEach(Watch::cut);
    }

    /// Forgets the moments that lists in pieces belong to.
    void forgetPages() {
        pages.forget();
    }

    private void get(HttpServerRequest request, RequestPath path) {
        Stored object = store.get(ObjectWriter.key(path.type(), path.namespace(), path.name()));
        if (object == null) {
            throw ApiError.notFound(path.type().plural(), path.type().group(), path.name());
        }
        if (path.subresource().equals("scale")) {
            Answers.send(request.response(), 200, Scale.of(object.in(path.type())), Answers.JSON);
        } else {
            Answers.object(request, path.type(), 200, object);
        }
    }

    private static @Nullable Predicate<JsonNode> selector(HttpServerRequest request) {
        String labels = request.getParam("labelSelector");
        String fields = request.getParam("fieldSelector");
        boolean none = (labels == null || labels.isEmpty()) && (fields == null || fields.isEmpty());
        return none ? null : Selectors.of(labels, fields);
    }

    private void list(HttpServerRequest request, RequestPath path) {
        Predicate<JsonNode> selector = selector(request);
        Pages.Page page = pages.page(request.getParam("limit"), request.getParam("continue"), () -> {
            Store.Snapshot all = store.snapshot(path.type().id(), path.namespace());
            return selector == null ? all : all.where(selector);
        });
        String accept = Answers.accept(request);
        ObjectNode meta = Json.object().put("resourceVersion", Long.toString(page.version()));
        if (!page.token().isEmpty()) {
            meta.put("continue", page.token());
            if (selector == null) {
                meta.put("remainingItemCount", page.remaining());
            }
        }
        if (accept.contains("as=Table")) {
            boolean whole = "Object".equals(request.getParam("includeObject"));
            List<ObjectNode> found = new ArrayList<>();
            page.objects().forEach(o -> found.add(o.in(path.type())));
            ObjectNode table = Tables.of(path.type(), found, Long.toString(page.version()), whole);
            table.set("metadata", meta);
            Answers.send(request.response(), 200, table, Answers.JSON);
            return;
        }
        boolean partial = accept.contains("as=PartialObjectMetadataList");
        ObjectNode head = Json.object()
                .put("kind", partial ? "PartialObjectMetadataList" : path.type().kind() + "List")
                .put("apiVersion", partial ? "meta.k8s.io/v1" : path.type().apiVersion());
        head.set("metadata", meta);
        byte[] start = Json.write(head);
        Buffer out = Buffer.buffer().appendBytes(start, 0, start.length - 1).appendString(",\"items\":[");
        String comma = "";
        for (Stored object : page.objects()) {
            out.appendString(comma)
                    .appendBytes(
                            partial ? Json.write(Tables.partial(object.in(path.type()))) : object.bytesIn(path.type()));
            comma = ",";
        }
        Answers.send(request.response(), 200, out.appendString("]}"), Answers.JSON);
    }

    private void watch(HttpServerRequest request, RequestPath path, int cutAfter) {
        Function<ObjectNode, ObjectNode> shape = Answers.shape(request, path.type());
        WatchLines lines = new WatchLines(path.type(), path.namespace(), path.name(), selector(request), shape);
        String version = request.getParam("resourceVersion");
        boolean initial = Answers.flag(request, "sendInitialEvents");
        boolean now = version == null || version.isEmpty() || version.equals("0") || initial;
        String timeout = request.getParam("timeoutSeconds");
        try {
            Watch watch = new Watch(vertx, request.response(), lines, cutAfter, watches::remove);
            watches.add(watch);
            watch.start(
                    store,
                    now ? null : Long.valueOf(version),
                    initial,
                    Answers.flag(request, "allowWatchBookmarks"),
                    timeout == null ? 0 : Long.parseLong(timeout));
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("resourceVersion and timeoutSeconds must be numbers: " + e.getMessage());
        } catch (ApiError e) {
            // The real server has sent 200 by then: the refusal comes as an event of the stream.
            request.response()
                    .setStatusCode(200)
                    .putHeader("content-type", Answers.JSON)
                    .end(Watch.line("ERROR", e.status()));
        }
    }
}
