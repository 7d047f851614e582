package io.driftless.api;

import io.driftless.http.HttpFailure;
import io.driftless.rpc.Identity;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/events`: every event as it is said, as server-sent events. `Last-Event-ID` (or the parameter
/// `lastEventId`) resumes after that event, also on another server; `recent=N` begins with the newest N.
final class EventStreamRoutes {
    private static final int MOST_RECENT = 500;
    private final ApiConfig config;
    private final Security security;
    private final EventRing ring;
    private final EventSource source;
    private final StreamSlots slots;

    EventStreamRoutes(ApiConfig config, Security security, EventRing ring, EventSource source, StreamSlots slots) {
        this.config = config;
        this.security = security;
        this.ring = ring;
        this.source = source;
        this.slots = slots;
    }

    void mount(Router router) {
        router.get("/api/v1/events").handler(this::open);
    }

    private void open(RoutingContext context) {
        admit(context);
        EventFilter filter = EventFilter.of(context.queryParams());
        EventRing.Start start = start(context);
        slots.take(context);
        context.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .putHeader("X-Content-Type-Options", "nosniff");
        new EventClient(context, filter, ring, source, config.heartbeat(), () -> security.seesAll(context.request()))
                .begin(start);
    }

    /// Events tell of every application, so they are for those who may see all of them.
    private void admit(RoutingContext context) {
        Identity identity = security.identify(context.request());
        @Nullable HttpFailure refusal = security.refusal(identity);
        if (refusal != null) {
            throw refusal;
        }
        security.rbac().require(identity.caller(), "applications", "get", "*/*");
    }

    private EventRing.Start start(RoutingContext context) {
        @Nullable String header = context.request().getHeader("Last-Event-ID");
        @Nullable String last = header != null ? header : context.queryParams().get("lastEventId");
        if (last != null && !last.isEmpty()) {
            return new EventRing.Start(-1, Positions.parse(last));
        }
        return ring.end(recent(context.queryParams().get("recent")));
    }

    private static int recent(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Math.clamp(Integer.parseInt(text), 0, MOST_RECENT);
        } catch (NumberFormatException e) {
            throw HttpFailure.invalid("parameter recent must be a number");
        }
    }
}
