package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Predicate;

/// `GET /api/v1/stream/applications`: every change of an Application, a JSON document a line, or server-sent
/// events where the client asks for them. Begins with all of them unless a resourceVersion is given.
final class ApplicationStreamRoutes {
    private final ApplicationCache cache;
    private final StreamSlots slots;

    ApplicationStreamRoutes(ApplicationCache cache, StreamSlots slots) {
        this.cache = cache;
        this.slots = slots;
    }

    void mount(Router router) {
        router.get("/api/v1/stream/applications").handler(this::open);
    }

    private void open(RoutingContext context) {
        Predicate<JsonNode> wanted = ApplicationQuery.filter(context.queryParams());
        String since = context.queryParams().get("resourceVersion");
        if (!slots.take(context)) {
            Answers.fail(context, HttpFailure.tooMany("too many streams are open; close one or try later"));
            return;
        }
        String accept = context.request().getHeader("Accept");
        boolean events = accept != null && accept.contains("text/event-stream");
        context.response()
                .setChunked(true)
                .putHeader("Content-Type", events ? "text/event-stream" : "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        new ApplicationClient(context, cache, wanted, events).begin(since == null || since.isEmpty());
    }
}
