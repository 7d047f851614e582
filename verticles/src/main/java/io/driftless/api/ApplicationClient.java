package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.events.ApplicationName;
import io.driftless.http.Answers;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.function.Predicate;

/// One open stream of Applications. A slow client gets fewer steps, never old ones: of each Application only the
/// newest state waits for it.
final class ApplicationClient implements ApplicationCache.Listener {
    private static final int QUEUE_BYTES = 256 * 1024;
    private static final long BEAT_MILLIS = 15_000;

    private final RoutingContext request;
    private final HttpServerResponse response;
    private final Context context;
    private final ApplicationCache cache;
    private final Predicate<JsonNode> wanted;
    private final boolean events;
    private final LinkedHashMap<ApplicationName, Step> waiting = new LinkedHashMap<>();

    private record Step(Change change, ObjectNode application) {}

    ApplicationClient(RoutingContext request, ApplicationCache cache, Predicate<JsonNode> wanted, boolean events) {
        this.request = request;
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
        this.cache = cache;
        this.wanted = wanted;
        this.events = events;
    }

    void begin(boolean withAll) {
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        cache.listen(this);
        long timer = events ? request.vertx().setPeriodic(BEAT_MILLIS, id -> beat()) : -1;
        request.addEndHandler(ended -> {
            cache.forget(this);
            request.vertx().cancelTimer(timer);
        });
        response.drainHandler(drained -> pump());
        if (withAll) {
            cache.all().forEach(application -> changed(Change.ADDED, application));
        }
        if (events) {
            response.write(": driftless\n\n");
        } else {
            response.writeHead();
        }
        pump();
    }

    @Override
    public void changed(Change change, ObjectNode application) {
        if (!wanted.test(application)) {
            return;
        }
        synchronized (waiting) {
            waiting.merge(
                    ApplicationCache.nameOf(application),
                    new Step(change, application),
                    (before, now) -> new Step(joined(before.change(), now.change()), now.application()));
        }
        context.runOnContext(now -> pump());
    }

    private static Change joined(Change before, Change now) {
        return before == Change.ADDED && now == Change.MODIFIED ? Change.ADDED : now;
    }

    private void pump() {
        while (!response.closed() && !response.ended() && !response.writeQueueFull()) {
            Step step;
            synchronized (waiting) {
                var first = waiting.pollFirstEntry();
                if (first == null) {
                    return;
                }
                step = first.getValue();
            }
            response.write(line(step));
        }
    }

    private String line(Step step) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("result").put("type", step.change().name()).set("application", step.application());
        String text = Answers.text(document);
        return events ? "data: " + text + "\n\n" : text + "\n";
    }

    private void beat() {
        if (!response.closed() && !response.writeQueueFull()) {
            response.write(": \n\n");
        }
    }
}
