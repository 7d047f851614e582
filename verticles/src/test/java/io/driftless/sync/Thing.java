package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import java.util.List;

/// A resource as a test wants it to be: its manifest's digest, and what the cluster holds.
record Thing(
        ResourceId id,
        String digest,
        int wave,
        String live,
        SyncStatus status,
        HealthStatus health,
        boolean deleting,
        String way) {
    Thing live(String version, SyncStatus newStatus) {
        return new Thing(id, digest, wave, version, newStatus, HealthStatus.HEALTHY, deleting, way);
    }

    Thing health(HealthStatus newHealth) {
        return new Thing(id, digest, wave, live, status, newHealth, deleting, way);
    }

    Thing wave(int newWave) {
        return new Thing(id, digest, newWave, live, status, health, deleting, way);
    }

    Thing digest(String newDigest) {
        return new Thing(id, newDigest, wave, live, SyncStatus.OUT_OF_SYNC, health, deleting, way);
    }

    Thing going() {
        return new Thing(id, digest, wave, live, status, health, true, way);
    }

    /// Differs in this way.
    Thing way(String how) {
        return new Thing(id, digest, wave, live, status, health, deleting, how);
    }

    static ResourceId id(String kind, String name) {
        return new ResourceId(kind.equals("Deployment") ? "apps" : "", kind, "shop", name);
    }

    /// A resource that Git holds and the cluster does not.
    static Thing missing(String kind, String name) {
        return new Thing(id(kind, name), "d1", 0, "", SyncStatus.OUT_OF_SYNC, HealthStatus.MISSING, false, "missing");
    }

    /// A resource that differs from Git; resourceVersion `version`.
    static Thing differing(String kind, String name, String version) {
        return missing(kind, name).live(version, SyncStatus.OUT_OF_SYNC).way("/spec/image");
    }

    static Thing synced(String kind, String name, String version) {
        return missing(kind, name).live(version, SyncStatus.SYNCED);
    }

    /// A resource that Git no longer holds.
    static Thing extra(String kind, String name, String version) {
        return new Thing(id(kind, name), "", 0, version, SyncStatus.OUT_OF_SYNC, HealthStatus.HEALTHY, false, "extra");
    }

    /// How it compares.
    ResourceVerdict verdict() {
        List<FieldDifference> differences =
                status == SyncStatus.SYNCED ? List.of() : List.of(new FieldDifference(way, null, null));
        return new ResourceVerdict(
                id,
                "v1",
                status,
                !digest.isEmpty(),
                !live.isEmpty(),
                Health.of(health),
                live.isEmpty() ? "" : "uid-of-" + id.name(),
                live,
                digest,
                wave,
                differences,
                deleting,
                null);
    }

    /// What Git holds of it.
    JsonNode manifest() {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", "v1").put("kind", id.kind());
        manifest.putObject("metadata").put("name", id.name()).put("namespace", "shop");
        manifest.put("digest", digest);
        return manifest;
    }
}
