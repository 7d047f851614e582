package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Change;
import io.driftless.sandbox.Store.Event;
import io.driftless.sandbox.model.Json;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client's watch: turns changes into lines of its response. Under the store's lock a change is
/// only queued; it is written on the connection's event loop, in the order of versions, from bytes
/// that all watches share. A client that does not read is cut off beyond a bound.
final class Watch {
    private static final int MAX_QUEUED = 64 * 1024 * 1024;
    private static final int MAX_CHUNK = 256 * 1024;
    private static final long BOOKMARK_MILLIS = 30_000;
    private final Vertx vertx;
    private final Context context;
    private final EventLoop loop;
    private final Runnable drain = this::drain;
    private final HttpServerResponse response;
    private final WatchLines lines;
    private final Consumer<Watch> left;
    private long moreEvents;
    private final Queue<Line> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final WatchOutput output;
    private final SharedChunks chunks;
    private volatile @Nullable Runnable unsubscribe;
    /// Whether the next bookmark is the first, after the present state.
    private boolean endToTell;

    private long bookmarkTimer = -1;
    private long endTimer = -1;
    private boolean ended;

    /// What waits to be written.
    private sealed interface Line {}

    private record Changed(Event event) implements Line {}

    private record Bookmark(long version, boolean initialEnd) implements Line {}

    /// @param events how many it may show before it is cut; negative for as many as come
    /// @param left told when it has ended
    Watch(
            Vertx vertx,
            HttpServerRequest request,
            WatchLines lines,
            SharedChunks chunks,
            int events,
            Consumer<Watch> left) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.loop = ((ContextInternal) context).nettyEventLoop();
        this.response = request.response();
        this.output = WatchOutput.of(request);
        this.chunks = chunks;
        this.lines = lines;
        this.moreEvents = events < 0 ? Long.MAX_VALUE : events;
        this.left = left;
    }

    /// Starts; `since` null means with the present state first, as ADDED events.
    void start(Store store, @Nullable Long since, boolean endMark, boolean bookmarks, long timeoutSeconds) {
        response.setChunked(true).putHeader("content-type", "application/json");
        response.closeHandler(_ -> end());
        String type = lines.type().id();
        synchronized (store) {
            long from = since == null ? store.version() : since;
            if (since == null) {
                Author nobody = new Author("", "", "");
                store.list(type, "").forEach(o -> accept(new Event(0, Change.ADDED, o, null, nobody)));
            }
            if (endMark) {
                send(new Bookmark(store.version(), true));
            }
            endToTell = since == null && !endMark;
            unsubscribe = store.watch(type, from, this::accept);
        }
        response.writeHead();
        if (bookmarks) {
            bookmarkTimer = vertx.setPeriodic(BOOKMARK_MILLIS, _ -> bookmarkNow(store));
        }
        if (timeoutSeconds > 0) {
            endTimer = vertx.setTimer(timeoutSeconds * 1000, _ -> end());
            if (bookmarks && (timeoutSeconds > 2 || !endMark)) {
                vertx.setTimer(Math.max(1, timeoutSeconds * 1000 - 2000), _ -> bookmarkNow(store));
            }
        }
    }

    /// Under the store's lock no event can be on its way that the bookmark would skip.
    private void bookmarkNow(Store store) {
        synchronized (store) {
            send(new Bookmark(store.version(), endToTell));
            endToTell = false;
        }
    }

    private void accept(Event event) {
        if (lines.inScope(event.key())) {
            send(new Changed(event));
        }
    }

    private void send(Line line) {
        queue.add(line);
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        Buffer own = Buffer.buffer();
        for (Line line = queue.poll(); line != null && !ended; line = queue.poll()) {
            switch (line) {
                case Changed(Event event) -> {
                    if (moreEvents == 0) {
                        write(own);
                        cut();
                        return;
                    }
                    if (output instanceof WatchOutput.Chunks && lines.showsAsItIs(event)) {
                        own = write(own);
                        output.write(chunks.of(event, lines.type()));
                        moreEvents--;
                    } else {
                        moreEvents -= lines.append(own, event) ? 1 : 0;
                    }
                }
                case Bookmark(long version, boolean initialEnd) -> lines.bookmark(own, version, initialEnd);
            }
            if (own.length() > MAX_CHUNK) {
                own = write(own);
            }
        }
        write(own);
        if (!ended) {
            output.flush();
            if (output.waiting() > MAX_QUEUED) {
                abandon();
            }
        }
    }

    /// Writes lines of this watch alone; returns where further ones go.
    private Buffer write(Buffer own) {
        if (ended || own.length() == 0) {
            return own;
        }
        output.write(output.frame(own.getBytes()));
        return Buffer.buffer();
    }

    /// Ends the connection without an end of the response, as a network that breaks does.
    void cut() {
        context.runOnContext(_ -> abandon());
    }

    private void abandon() {
        if (!ended) {
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
        left.accept(this);
        queue.clear();
        vertx.cancelTimer(bookmarkTimer);
        vertx.cancelTimer(endTimer);
        if (!response.closed()) {
            response.end();
        }
    }

    /// A line that is no change: a bookmark, or the refusal of the watch itself.
    static Buffer line(String kind, JsonNode object) {
        ObjectNode line = Json.object().put("type", kind);
        line.set("object", object);
        return Json.bytes(line).appendByte((byte) '\n');
    }
}
