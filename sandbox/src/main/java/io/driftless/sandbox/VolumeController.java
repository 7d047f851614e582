package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Claims and volumes: a claim is bound to a volume that is there and fits; nobody provisions new ones. A claim that
/// is deleted stays while a pod uses it.
final class VolumeController implements Controller {
    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String VOLUMES = "persistentvolumes";
    private final Store store;
    private final ControllerWrites writes;
    private final Delays delays;
    private final WaitingClaims waiting;

    VolumeController(Store store, ControllerWrites writes, Delays delays) {
        this.store = store;
        this.writes = writes;
        this.delays = delays;
        this.waiting = new WaitingClaims(store, writes);
    }

    @Override
    public void reconcile(Stored object) {
        if (object.key().type().equals(CLAIMS)) {
            claim(object);
        } else {
            volume(object);
        }
    }

    /// Who takes its protection from an object that stays does not get far.
    private void protect(Stored object, String finalizer) {
        for (JsonNode one : object.tree().path("metadata").path("finalizers")) {
            if (one.asText().equals(finalizer)) {
                return;
            }
        }
        writes.main(
                object.key(), next -> Json.meta(next).withArray("finalizers").add(finalizer));
    }

    private void claim(Stored claim) {
        protect(claim, "kubernetes.io/pvc-protection");
        if (claim.tree().path("status").path("phase").asText().equals("Bound")) {
            return;
        }
        Stored volume = fitting(claim);
        if (volume == null) {
            waiting.tell(claim);
            return;
        }
        writes.main(
                volume.key(),
                next -> Json.child(next, "spec")
                        .putObject("claimRef")
                        .put("apiVersion", "v1")
                        .put("kind", "PersistentVolumeClaim")
                        .put("namespace", claim.key().namespace())
                        .put("name", claim.key().name())
                        .put("uid", claim.uid()));
        phase(volume.key(), "Bound");
        writes.main(claim.key(), next -> {
            Json.child(Json.meta(next), "annotations")
                    .put("pv.kubernetes.io/bind-completed", "yes")
                    .put("pv.kubernetes.io/bound-by-controller", "yes");
            Json.child(next, "spec").put("volumeName", volume.key().name());
        });
        JsonNode spec = volume.tree().path("spec");
        writes.status(claim.key(), next -> {
            ObjectNode status = Json.child(next, "status").put("phase", "Bound");
            status.set("accessModes", spec.path("accessModes").deepCopy());
            status.set("capacity", spec.path("capacity").deepCopy());
        });
        store.list("pods", claim.key().namespace()).stream()
                .filter(pod -> claims(pod.tree(), claim.key().name()))
                .forEach(pod -> delays.again(pod.key(), 1));
    }

    private @Nullable Stored fitting(Stored claim) {
        JsonNode wanted = claim.tree().path("spec");
        String named = wanted.path("volumeName").asText();
        for (Stored volume : store.list(VOLUMES, "")) {
            JsonNode spec = volume.tree().path("spec");
            JsonNode holder = spec.path("claimRef");
            boolean free = holder.isMissingNode()
                    || (holder.path("name").asText().equals(claim.key().name())
                            && holder.path("namespace")
                                    .asText()
                                    .equals(claim.key().namespace()));
            if (free
                    && !volume.terminating()
                    && (named.isEmpty() || named.equals(volume.key().name()))
                    && spec.path("storageClassName")
                            .asText()
                            .equals(wanted.path("storageClassName").asText())
                    && covers(spec.path("accessModes"), wanted.path("accessModes"))
                    && size(spec.path("capacity"))
                                    .compareTo(size(wanted.path("resources").path("requests")))
                            >= 0) {
                return volume;
            }
        }
        return null;
    }

    private static boolean covers(JsonNode all, JsonNode some) {
        for (JsonNode one : some) {
            boolean found = false;
            for (JsonNode other : all) {
                found |= other.equals(one);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal size(JsonNode resources) {
        return Quantities.parse(resources.path("storage").asText("0")).orElse(BigDecimal.ZERO);
    }

    private void phase(Key volume, String phase) {
        writes.status(volume, next -> {
            ObjectNode status = Json.child(next, "status");
            if (!status.path("phase").asText().equals(phase)) {
                status.put("phase", phase).put("lastPhaseTransitionTime", Json.now());
            }
        });
    }

    private void volume(Stored volume) {
        protect(volume, "kubernetes.io/pv-protection");
        if (volume.tree().path("spec").path("claimRef").has("uid")) {
            return;
        }
        phase(volume.key(), "Available");
        store.list(CLAIMS, "").stream()
                .filter(c -> !c.terminating()
                        && c.tree().path("status").path("phase").asText().equals("Pending"))
                .forEach(this::claim);
    }

    @Override
    public void leaving(Stored object) {
        if (object.key().type().equals(VOLUMES)) {
            release(object, "kubernetes.io/pv-protection");
        } else if (used(object)) {
            delays.again(object.key(), 200);
        } else {
            release(object, "kubernetes.io/pvc-protection");
        }
    }

    @Override
    public void gone(Key key) {
        waiting.forget(key);
    }

    private boolean used(Stored claim) {
        return store.list("pods", claim.key().namespace()).stream()
                .anyMatch(pod -> claims(pod.tree(), claim.key().name()));
    }

    private static boolean claims(JsonNode pod, String name) {
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            if (volume.path("persistentVolumeClaim").path("claimName").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void release(Stored object, String finalizer) {
        writes.main(object.key(), next -> {
            ArrayNode left = Json.MAPPER.createArrayNode();
            next.path("metadata").path("finalizers").forEach(f -> {
                if (!f.asText().equals(finalizer)) {
                    left.add(f);
                }
            });
            Json.meta(next).set("finalizers", left);
        });
    }
}
