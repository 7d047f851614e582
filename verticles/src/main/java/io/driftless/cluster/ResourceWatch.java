package io.driftless.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.ServedKind;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.cluster.Cluster.WatchRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// List and watch of one kind on a virtual thread of its own: the state first (streamed by the
/// server where it can, else in pages), then every change. Goes on from the last resourceVersion
/// after a broken connection, lists again when the server has lost that history (410), and tries
/// again with growing, jittered waits while the server does not answer.
final class ResourceWatch implements Cluster.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceWatch.class);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    /// Servers end a watch after the time asked for; a little later silence means a dead connection.
    private static final int WATCH_SECONDS = 290;
    private static final long SILENCE_MILLIS = (WATCH_SECONDS + 30) * 1000L;
    /// A server that ignores sendInitialEvents says nothing at the end of the list.
    private static final long LIST_SILENCE_MILLIS = 5_000;
    private static final long SHORTEST_STREAM_NANOS = 1_000_000_000L;
    private static final int PAGE = 500;

    private final ApiConnection connection;
    private final String path;
    private final ServedKind kind;
    private final String selector;
    private final WatchHandler handler;
    private final WatchFilter filter;
    private final Thread thread;
    private volatile boolean closed;
    private String resourceVersion = "";
    private boolean streamedLists = true;
    private @Nullable List<JsonNode> initial;
    private long failingSince;
    private int failures;

    private ResourceWatch(
            ApiConnection connection, String path, ServedKind kind, WatchRequest request, WatchHandler handler) {
        this.connection = connection;
        this.path = path;
        this.kind = kind;
        this.handler = handler;
        this.filter = new WatchFilter(request.needle());
        this.selector =
                selector("labelSelector", request.labelSelector()) + selector("fieldSelector", request.fieldSelector());
        this.thread = Thread.ofVirtual().name("watch-" + kind.plural()).unstarted(this::run);
    }

    private static String selector(String parameter, String text) {
        return text.isEmpty() ? "" : "&" + parameter + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static ResourceWatch start(
            ApiConnection connection, String path, ServedKind kind, WatchRequest request, WatchHandler handler) {
        ResourceWatch watch = new ResourceWatch(connection, path, kind, request, handler);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (!closed) {
            try {
                attempt();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (closed || !failed(e)) {
                    return;
                }
            }
        }
    }

    private void attempt() throws InterruptedException {
        if (!resourceVersion.isEmpty()) {
            stream("&resourceVersion=" + resourceVersion);
        } else if (streamedLists) {
            initial = new ArrayList<>();
            filter.forget();
            stream("&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
        } else {
            listInPages();
        }
    }

    private void stream(String how) throws InterruptedException {
        String url = path + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + WATCH_SECONDS + selector + how;
        long start = System.nanoTime();
        new WatchStream(connection).run(url, this::silenceMillis, this::connected, this::line);
        if (initial != null) {
            streamedLists = false;
            LOG.info("{}: the server does not stream lists, reading pages instead", path);
        } else if (System.nanoTime() - start < SHORTEST_STREAM_NANOS) {
            pause(FIRST_WAIT_MILLIS + ThreadLocalRandom.current().nextLong(FIRST_WAIT_MILLIS));
        }
    }

    private long silenceMillis() {
        return initial == null ? SILENCE_MILLIS : LIST_SILENCE_MILLIS;
    }

    private void listInPages() throws InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        filter.forget();
        String next = "";
        String version;
        do {
            JsonNode page = connection.get("list", path + "?limit=" + PAGE + selector + next);
            for (JsonNode item : page.path("items")) {
                if (filter.passes(item, false)) {
                    found.add(handler.kept(named(item)));
                }
            }
            version = page.path("metadata").path("resourceVersion").asText("");
            String more = page.path("metadata").path("continue").asText("");
            next = more.isEmpty() ? "" : "&continue=" + URLEncoder.encode(more, StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        connected();
        handler.listed(found);
        resourceVersion = version;
        if (version.isEmpty()) {
            throw new ClusterUnreachableException(path + " was listed without a resourceVersion");
        }
    }

    private void connected() {
        failures = 0;
        failingSince = 0;
        handler.connected();
    }

    private void line(byte[] line) {
        if (closed || !filter.wanted(line)) {
            return;
        }
        JsonNode event;
        try {
            event = ApiConnection.JSON.readTree(line);
        } catch (IOException e) {
            throw new ClusterUnreachableException("a watch event of " + path + " is not JSON", e);
        }
        JsonNode object = event.path("object");
        switch (event.path("type").asText()) {
            case "ADDED" -> change(Change.ADDED, object);
            case "MODIFIED" -> change(Change.MODIFIED, object);
            case "DELETED" -> change(Change.DELETED, object);
            case "BOOKMARK" -> bookmark(object);
            default ->
                throw new ApiException(
                        object.path("code").asInt(500),
                        object.path("reason").asText(""),
                        object.path("message").asText("the watch of " + path + " ended with an error"));
        }
    }

    private void change(Change change, JsonNode object) {
        List<JsonNode> collecting = initial;
        if (filter.passes(object, change == Change.DELETED)) {
            if (collecting != null) {
                collecting.add(handler.kept(named(object)));
            } else {
                handler.changed(change, named(object));
            }
        }
        if (collecting == null) {
            resourceVersion = object.path("metadata").path("resourceVersion").asText(resourceVersion);
        }
    }

    private void bookmark(JsonNode object) {
        List<JsonNode> collected = initial;
        JsonNode metadata = object.path("metadata");
        if (collected != null && metadata.path("annotations").has("k8s.io/initial-events-end")) {
            initial = null;
            handler.listed(collected);
        }
        if (initial == null) {
            resourceVersion = metadata.path("resourceVersion").asText(resourceVersion);
        }
    }

    /// Items of a list come without kind and apiVersion.
    private JsonNode named(JsonNode item) {
        if (item instanceof ObjectNode object && !object.has("kind")) {
            object.put("kind", kind.kind().kind()).put("apiVersion", kind.apiVersion());
        }
        return item;
    }

    /// Waits before the next attempt; false when the watch was closed meanwhile.
    private boolean failed(RuntimeException reason) {
        initial = null;
        if (reason instanceof ApiException api) {
            if (api.code() == 410) {
                LOG.info("{}: history lost, listing again", path);
                resourceVersion = "";
                return pause(ThreadLocalRandom.current().nextLong(FIRST_WAIT_MILLIS));
            }
            if (streamedLists && resourceVersion.isEmpty() && (api.code() == 400 || api.code() == 422)) {
                streamedLists = false;
                return true;
            }
        }
        long now = System.nanoTime();
        failingSince = failures == 0 ? now : failingSince;
        failures++;
        handler.failing(reason, (now - failingSince) / 1_000_000);
        long wait = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failures - 1, 7));
        return pause(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }

    private boolean pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
        return !closed;
    }
}
