package io.driftless.drift;

import static io.driftless.drift.Scenario.APP;
import static io.driftless.drift.Scenario.HERE;
import static io.driftless.drift.Scenario.applied;
import static io.driftless.drift.Scenario.closed;
import static io.driftless.drift.Scenario.configMap;
import static io.driftless.drift.Scenario.declared;
import static io.driftless.drift.Scenario.fact;
import static io.driftless.drift.Scenario.rendered;
import static io.driftless.drift.Scenario.seen;

import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.RenderFailed;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.LiveEvent.ResourceObserved;
import java.util.List;

/// What the tests of the drift decision begin with: an Application with one ConfigMap, and a way to be in sync.
abstract class DriftStory {
    static final String MAP_A = "/ConfigMap:prod/a";
    static final String DEPLOYMENT = "apps/Deployment:prod/web";
    static final RenderFailed BROKEN = new RenderFailed(
            APP, 1, "c2", List.of(new Condition(Condition.COMPARISON_ERROR, "p/a.yaml line 3: not YAML")));
    final Scenario scenario = new Scenario();
    final ResourceRendered a = rendered(configMap("a", "1"));

    void synced() {
        ResourceObserved live = applied(configMap("a", "1"), "5", "metadata: {labels: {theirs: x}}");
        scenario.take(fact(declared(HERE)), fact(a), fact(closed("c1", a)), fact(live), fact(seen("/ConfigMap")));
    }
}
