package io.driftless.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;
import io.driftless.events.ChildEvent.ChildObserved;
import io.driftless.events.ChildEvent.Info;
import io.driftless.events.ChildEvent.Owner;
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

    /// An object below another, on the cluster in memory.
    static ChildObserved child(ResourceId id, String apiVersion, String uid, ResourceId owner, String ownerUid) {
        ObjectNode networking = JsonNodeFactory.instance.objectNode();
        networking.putObject("labels").put("app", "web");
        return new ChildObserved(
                APP,
                "memory",
                id,
                apiVersion,
                uid,
                "1",
                "2026-01-01T00:00:00Z",
                List.of(new Owner("apps/v1", owner, ownerUid)),
                Health.of(HealthStatus.HEALTHY),
                List.of(new Info("Containers", "1/1")),
                List.of("image:1"),
                networking);
    }
}
