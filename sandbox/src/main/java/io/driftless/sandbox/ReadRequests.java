package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.AcceptedForm.Offer;
import io.driftless.sandbox.AcceptedForm.Shape;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.tables.ScaleTable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Requests that read: get, list, watch.
final class ReadRequests {
    private final Vertx vertx;
    private final Store store;
    private final Requests requests;
    private final Pages pages = new Pages();
    private final SharedChunks chunks = new SharedChunks();
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    ReadRequests(Vertx vertx, Store store, Requests requests) {
        this.vertx = vertx;
        this.store = store;
        this.requests = requests;
    }

    void handle(HttpServerRequest request, RequestPath path, int cutAfter) {
        Numbers.timeout(request);
        long seconds = Numbers.of(request, "timeoutSeconds");
        if (path.watches(request)) {
            requests.count("watch");
            watch(request, path, cutAfter, seconds);
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
        Moment.ofGet(request, store.version());
        Stored object = store.get(ObjectWriter.key(path.type(), path.namespace(), path.name()));
        if (object == null) {
            throw ApiError.notFound(path.type().plural(), path.type().group(), path.name());
        }
        if (path.subresource().equals("scale")) {
            ObjectNode scale = Scale.read(path.type(), object.in(path.type()));
            boolean table = AcceptedForm.accepted(request, Offer.OBJECTS).shape() == Shape.TABLE;
            Answers.send(request.response(), 200, table ? ScaleTable.of(scale) : scale, Answers.JSON);
        } else {
            Answers.object(request, path.type(), 200, object);
        }
    }

    private static @Nullable Predicate<JsonNode> selector(HttpServerRequest request, ResourceType type) {
        String labels = request.getParam("labelSelector");
        String fields = request.getParam("fieldSelector");
        boolean none = (labels == null || labels.isEmpty()) && (fields == null || fields.isEmpty());
        return none ? null : Selectors.of(type, labels, fields);
    }

    private void list(HttpServerRequest request, RequestPath path) {
        Predicate<JsonNode> selector = selector(request, path.type());
        Moment moment = Moment.ofList(request, store.version());
        // What is read from a cache is never in pieces.
        long limit = "0".equals(request.getParam("resourceVersion")) ? 0 : Numbers.of(request, "limit");
        Pages.Page page = pages.page(limit, request.getParam("continue"), () -> {
            Store.Snapshot all = moment.exact()
                    ? store.past(path.type().id(), path.namespace(), moment.version())
                    : store.snapshot(path.type().id(), path.namespace());
            return selector == null ? all : all.where(selector);
        });
        ObjectNode meta = Json.object().put("resourceVersion", Long.toString(page.version()));
        if (!page.token().isEmpty()) {
            meta.put("continue", page.token());
            if (selector == null) {
                meta.put("remainingItemCount", page.remaining());
            }
        }
        Answers.list(request, path.type(), page.objects(), meta);
    }

    /// Of a watch that shows Tables the first one alone has the columns.
    private static @Nullable Function<ObjectNode, ObjectNode> once(@Nullable Function<ObjectNode, ObjectNode> shape) {
        if (shape == null) {
            return null;
        }
        AtomicBoolean told = new AtomicBoolean();
        return object -> {
            ObjectNode out = shape.apply(object);
            if (out.has("columnDefinitions") && told.getAndSet(true)) {
                out.putNull("columnDefinitions");
            }
            return out;
        };
    }

    private void watch(HttpServerRequest request, RequestPath path, int cutAfter, long seconds) {
        Function<ObjectNode, ObjectNode> shape =
                once(Answers.shape(request, path.type(), AcceptedForm.accepted(request, Offer.CHANGES)));
        WatchLines lines =
                new WatchLines(path.type(), path.namespace(), path.name(), selector(request, path.type()), shape);
        Moment moment = Moment.ofWatch(request);
        boolean bookmarks = Answers.flag(request, "allowWatchBookmarks");
        boolean told = bookmarks && moment.initial() && request.getParam("sendInitialEvents") != null;
        try {
            if (seconds < 0) {
                throw ApiError.of(500, "InternalError", "context deadline exceeded");
            }
            Watch watch = new Watch(vertx, request, lines, chunks, cutAfter, watches::remove);
            watches.add(watch);
            watch.start(
                    store,
                    moment.initial() ? null : moment.version() == 0 ? store.version() : moment.version(),
                    told,
                    bookmarks,
                    seconds);
        } catch (ApiError e) {
            // The real server has sent 200 by then: the refusal comes as an event of the stream.
            request.response()
                    .setStatusCode(200)
                    .putHeader("content-type", Answers.JSON)
                    .end(Watch.line("ERROR", e.status()));
        }
    }
}
