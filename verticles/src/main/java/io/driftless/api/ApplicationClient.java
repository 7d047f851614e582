package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.events.ApplicationName;
import io.driftless.http.HttpFailure;
import io.driftless.rpc.Call;
import io.driftless.rpc.Outlet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One open stream of Applications. A slow client gets fewer steps, never old ones: of each Application only the
/// newest state waits for it. A client whose token has ended or was revoked is cut off.
final class ApplicationClient implements ApplicationCache.Listener {
    private static final long BEAT_MILLIS = 15_000;

    private final Call call;
    private final ApplicationCache cache;
    private final Predicate<JsonNode> wanted;
    private final UnaryOperator<ObjectNode> shown;
    private final Outlet outlet;
    private final LinkedHashMap<ApplicationName, Step> waiting = new LinkedHashMap<>();

    private record Step(Change change, ObjectNode application) {}

    ApplicationClient(
            Call call,
            ApplicationCache cache,
            Predicate<JsonNode> wanted,
            UnaryOperator<ObjectNode> shown,
            Outlet outlet) {
        this.call = call;
        this.cache = cache;
        this.wanted = wanted;
        this.shown = shown;
        this.outlet = outlet;
    }

    /// @param present what it is told first
    void begin(List<ObjectNode> present) {
        cache.listen(this);
        long timer = call.vertx().setPeriodic(BEAT_MILLIS, id -> beat());
        outlet.whenClosed(() -> {
            cache.forget(this);
            call.vertx().cancelTimer(timer);
        });
        outlet.whenDrained(this::pump);
        present.forEach(application -> changed(Change.ADDED, application));
        outlet.beat();
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
        outlet.context().runOnContext(now -> pump());
    }

    private static Change joined(Change before, Change now) {
        return before == Change.ADDED && now == Change.MODIFIED ? Change.ADDED : now;
    }

    private void pump() {
        while (!outlet.closed() && !outlet.full()) {
            Step step;
            synchronized (waiting) {
                var first = waiting.pollFirstEntry();
                if (first == null) {
                    return;
                }
                step = first.getValue();
            }
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.put("type", step.change().name());
            event.set(
                    "application",
                    step.change() == Change.DELETED ? step.application() : shown.apply(step.application()));
            outlet.write(event);
        }
    }

    private void beat() {
        @Nullable HttpFailure lapsed = call.lapsed();
        if (lapsed != null) {
            outlet.fail(lapsed);
        } else {
            outlet.beat();
        }
    }
}
