package io.driftless.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.driftless.events.ApplicationName;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncEvent.SyncStarted;
import io.driftless.events.SyncStatus;
import java.util.List;

/// Events that several tests of the API say.
final class ApiEvents {
    static final ApplicationName APP = new ApplicationName("argocd", "app");
    static final ResourceId CONFIG = new ResourceId("", "ConfigMap", "web", "config");

    private ApiEvents() {}

    static SyncStarted started(int i) {
        return new SyncStarted(new ApplicationName("argocd", i % 2 == 0 ? "app" : "other"), "op" + i, "r", "me", 0, 1);
    }

    static ApplicationCompared compared() {
        FieldDifference a = new FieldDifference(
                "/data/a", JsonNodeFactory.instance.textNode("1"), JsonNodeFactory.instance.textNode("2"));
        FieldDifference b = new FieldDifference("/data/b", null, JsonNodeFactory.instance.textNode("x"));
        ResourceVerdict verdict = new ResourceVerdict(
                CONFIG,
                "v1",
                SyncStatus.OUT_OF_SYNC,
                true,
                true,
                Health.of(HealthStatus.HEALTHY),
                "u",
                "7",
                "d",
                0,
                List.of(a, b),
                false,
                null);
        return new ApplicationCompared(
                APP, 1, "r", "d", "c", SyncStatus.OUT_OF_SYNC, Health.of(HealthStatus.HEALTHY), List.of(verdict), null);
    }
}
