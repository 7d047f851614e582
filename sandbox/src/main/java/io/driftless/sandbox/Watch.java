package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One client's watch: turns changes into lines of its response. Changes come under the store's lock and are
/// written on the
/// connection's event loop in the order of their versions. A client that does not read is cut off beyond a
/// bound.
final class Watch {
    private static final int MAX_QUEUED = 64 * 1024 * 1024;
    private static final long BOOKMARK_MILLIS = 30_000;
    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final ResourceType type;
    private final Predicate<Event> inScope;
    private final Predicate<JsonNode> selector;
    private final Function<ObjectNode, ObjectNode> shape;
    private volatile @Nullable Runnable unsubscribe;
    private long bookmarkTimer = -1;
    private long endTimer = -1;
    private boolean ended;
    private final AtomicInteger queued = new AtomicInteger();

    Watch(
            Vertx vertx,
            HttpServerResponse response,
            ResourceType type,
            String namespace,
            String name,
            Predicate<JsonNode> selector,
            Function<ObjectNode, ObjectNode> shape) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.response = response;
        this.type = type;
        this.inScope = e -> (namespace.isEmpty() || e.key().namespace().equals(namespace))
                && (name.isEmpty() || e.key().name().equals(name));
        this.selector = selector;
        this.shape = shape;
    }

    /// Starts; `since` null means with the present state first, as ADDED events.
    void start(Store store, @Nullable Long since, boolean endMark, boolean bookmarks, long timeoutSeconds) {
        response.setChunked(true).putHeader("content-type", "application/json");
        response.closeHandler(_ -> end());
        synchronized (store) {
            long from = since == null ? store.version() : since;
            if (since == null) {
                store.list(type.id(), "").forEach(o -> {
                    Store.Key key = new Store.Key(type.id(), Json.namespace(o), Json.name(o));
                    accept(new Event(0, Change.ADDED, key, o, null));
                });
            }
            if (endMark) {
                send(bookmark(store.version(), true));
            }
            unsubscribe = store.watch(type.id(), from, this::accept);
        }
        response.writeHead();
        if (bookmarks) {
            bookmarkTimer = vertx.setPeriodic(BOOKMARK_MILLIS, _ -> bookmarkNow(store));
        }
        if (timeoutSeconds > 0) {
            endTimer = vertx.setTimer(timeoutSeconds * 1000, _ -> end());
        }
    }

    /// Under the store's lock no event can be on its way that the bookmark would skip.
    private void bookmarkNow(Store store) {
        synchronized (store) {
            send(bookmark(store.version(), false));
        }
    }

    private void accept(Event event) {
        if (!inScope.test(event)) {
            return;
        }
        JsonNode before = event.before();
        boolean was = before != null && selector.test(before);
        boolean is = event.change() != Change.DELETED && selector.test(event.object());
        if (!was && !is) {
            return;
        }
        String kind = is ? (was ? "MODIFIED" : "ADDED") : "DELETED";
        send(line(kind, shape.apply(Relabel.to(type, event.object()))));
    }

    private Buffer bookmark(long version, boolean initialEnd) {
        ObjectNode object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
        ObjectNode meta = object.putObject("metadata").put("resourceVersion", Long.toString(version));
        if (initialEnd) {
            meta.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return line("BOOKMARK", object);
    }

    static Buffer line(String kind, ObjectNode object) {
        ObjectNode line = Json.object().put("type", kind);
        line.set("object", object);
        return Json.bytes(line).appendByte((byte) '\n');
    }

    private void send(Buffer line) {
        queued.addAndGet(line.length());
        context.runOnContext(_ -> write(line));
    }

    private void write(Buffer line) {
        if (ended) {
            return;
        }
        response.write(line).onComplete(_ -> queued.addAndGet(-line.length()));
        if (queued.get() > MAX_QUEUED) {
            response.reset();
            close();
        }
    }

    /// Ends the response, as the server does when a watch times out.
    void end() {
        context.runOnContext(_ -> close());
    }

    private void close() {
        if (ended) {
            return;
        }
        ended = true;
        Runnable leave = unsubscribe;
        if (leave != null) {
            leave.run();
        }
        vertx.cancelTimer(bookmarkTimer);
        vertx.cancelTimer(endTimer);
        if (!response.closed()) {
            response.end();
        }
    }
}
