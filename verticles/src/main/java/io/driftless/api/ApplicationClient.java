package io.driftless.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.proto.Written;
import io.driftless.rpc.Call;
import io.driftless.rpc.Outlet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One open stream of Applications. A slow client gets fewer steps, never old ones: of each Application only the
/// newest state waits for it, and of the first state nothing does. A client that lets too many changes wait, or takes
/// nothing for too long, is cut off and told so; so is one whose token has ended or was revoked.
final class ApplicationClient implements ApplicationCache.Listener {
    /// Of how many Applications a change may wait for one client.
    static final int MOST_WAITING = 2_000;

    private static final String REMEDY = "list the Applications and watch from the resourceVersion of the list";

    static final String TOO_SLOW = StreamGuard.tooSlow(REMEDY);

    private final ApplicationCache cache;
    private final Predicate<HeldApplication> wanted;
    private final Function<HeldApplication, Written> views;
    private final Outlet outlet;
    private final StreamGuard guard;
    private final LinkedHashMap<String, Step> waiting = new LinkedHashMap<>();
    private Iterator<HeldApplication> present = Collections.emptyIterator();
    private boolean overflown;

    private record Step(Change change, HeldApplication application) {}

    ApplicationClient(
            Call call,
            ApplicationCache cache,
            Predicate<HeldApplication> wanted,
            Function<HeldApplication, Written> views,
            Outlet outlet,
            ApiConfig config) {
        this.guard = new StreamGuard(call, outlet, config, REMEDY);
        this.cache = cache;
        this.wanted = wanted;
        this.views = views;
        this.outlet = outlet;
    }

    /// @param first what it is told first
    void begin(Iterator<HeldApplication> first) {
        present = first;
        cache.listen(this);
        guard.begin(this::pump, () -> cache.forget(this));
        outlet.beat();
        pump();
    }

    @Override
    public void changed(Change change, HeldApplication application) {
        if (!wanted.test(application)) {
            return;
        }
        synchronized (waiting) {
            waiting.merge(
                    application.key(),
                    new Step(change, application),
                    (before, now) -> new Step(joined(before.change(), now.change()), now.application()));
            if (waiting.size() > MOST_WAITING) {
                waiting.clear();
                overflown = true;
            }
        }
        outlet.context().runOnContext(now -> pump());
    }

    private static Change joined(Change before, Change now) {
        return before == Change.ADDED && now == Change.MODIFIED ? Change.ADDED : now;
    }

    private void pump() {
        while (!outlet.closed()) {
            if (isOverflown()) {
                guard.cutOff();
                return;
            }
            if (guard.full()) {
                return;
            }
            Step step = next();
            if (step == null) {
                return;
            }
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.put("type", step.change().name());
            event.set(
                    "application",
                    step.change() == Change.DELETED ? step.application().document() : views.apply(step.application()));
            outlet.write(event);
        }
    }

    private boolean isOverflown() {
        synchronized (waiting) {
            return overflown;
        }
    }

    /// The first state as it is by now, then what changed.
    private @Nullable Step next() {
        while (present.hasNext()) {
            HeldApplication application =
                    cache.get(present.next().name()).filter(wanted).orElse(null);
            if (application != null) {
                return new Step(Change.ADDED, application);
            }
        }
        synchronized (waiting) {
            var first = waiting.pollFirstEntry();
            return first == null ? null : first.getValue();
        }
    }
}
