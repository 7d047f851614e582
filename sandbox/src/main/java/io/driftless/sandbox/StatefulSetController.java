package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import java.util.TreeMap;

/// StatefulSets: pods with names and claims of their own, in order, one change at a time.
final class StatefulSetController implements Controller {
    private static final String HASH = "controller-revision-hash";
    private final Store store;
    private final ControllerWrites writes;
    private final Revisions revisions;

    StatefulSetController(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
        this.revisions = new Revisions(store, writes);
    }

    @Override
    public void reconcile(Stored set) {
        String revision = revisions.keep(set, "controller.kubernetes.io/hash");
        ControlledPods pods = new ControlledPods(writes, set);
        TreeMap<Integer, Stored> byOrdinal = new TreeMap<>();
        pods.active().forEach(pod -> byOrdinal.put(ordinal(pod), pod));
        int wanted = set.tree().path("spec").path("replicas").asInt();
        if (!change(set, pods, byOrdinal, wanted, revision)) {
            report(set, pods, byOrdinal, wanted, revision);
        } else {
            report(set, new ControlledPods(writes, set), byOrdinal, wanted, revision);
        }
    }

    private static int ordinal(Stored pod) {
        String name = pod.key().name();
        try {
            return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    /// Makes one change, or all at once where the set is Parallel. True where something was changed.
    private boolean change(
            Stored set, ControlledPods pods, TreeMap<Integer, Stored> present, int wanted, String revision) {
        JsonNode spec = set.tree().path("spec");
        boolean parallel = spec.path("podManagementPolicy").asText().equals("Parallel");
        boolean changed = false;
        for (int i = 0; i < wanted; i++) {
            Stored pod = present.get(i);
            if (pod == null) {
                changed |= create(set, pods, i, revision);
            }
            boolean inOrder = pod != null && ControlledPods.ready(pod);
            if (!parallel && !inOrder) {
                return changed;
            }
        }
        for (var surplus : present.descendingMap().entrySet()) {
            if (surplus.getKey() >= wanted) {
                pods.delete(surplus.getValue());
                changed = true;
                if (!parallel) {
                    return true;
                }
            }
        }
        return changed || replaceOld(spec, pods, present, revision);
    }

    /// The pod with the highest number that is not of the present revision gives way, once those above are ready.
    private boolean replaceOld(JsonNode spec, ControlledPods pods, TreeMap<Integer, Stored> present, String revision) {
        JsonNode strategy = spec.path("updateStrategy");
        if (strategy.path("type").asText().equals("OnDelete")) {
            return false;
        }
        int partition = strategy.path("rollingUpdate").path("partition").asInt();
        for (Stored pod : present.descendingMap().values()) {
            if (ordinal(pod) < partition) {
                return false;
            }
            if (!ControlledPods.label(pod, HASH).equals(revision)) {
                pods.delete(pod);
                return true;
            }
            if (!ControlledPods.ready(pod)) {
                return false;
            }
        }
        return false;
    }

    private boolean create(Stored set, ControlledPods pods, int ordinal, String revision) {
        Key key = set.key();
        String name = key.name() + "-" + ordinal;
        if (store.get(new Key("pods", key.namespace(), name)) != null) {
            return false;
        }
        ObjectNode pod = pods.fromTemplate();
        ObjectNode meta = Json.meta(pod);
        meta.remove("generateName");
        meta.put("name", name);
        Json.child(meta, "labels")
                .put("apps.kubernetes.io/pod-index", Integer.toString(ordinal))
                .put(HASH, revision)
                .put("statefulset.kubernetes.io/pod-name", name);
        ObjectNode spec = Json.child(pod, "spec").put("hostname", name);
        String service = set.tree().path("spec").path("serviceName").asText();
        if (!service.isEmpty()) {
            spec.put("subdomain", service);
        }
        for (JsonNode template : set.tree().path("spec").path("volumeClaimTemplates")) {
            try {
                claim(set, spec, template, name);
            } catch (ApiError e) {
                String claim = Json.name(template) + "-" + name;
                if (pods.refused(e, name, "failed to create PVC " + claim + ": " + e.getMessage())) {
                    pods.warn("Create Claim " + claim + " for Pod " + name + " in StatefulSet " + key.name()
                            + " failed error: " + e.getMessage());
                }
                return false;
            }
        }
        return pods.create(pod);
    }

    private void claim(Stored set, ObjectNode podSpec, JsonNode template, String pod) {
        String volume = Json.name(template);
        String name = volume + "-" + pod;
        if (store.get(new Key("persistentvolumeclaims", set.key().namespace(), name)) == null) {
            ObjectNode claim = Json.object();
            ObjectNode meta = claim.putObject("metadata").put("name", name);
            JsonNode labels = set.tree().path("spec").path("selector").path("matchLabels");
            if (!labels.isEmpty()) {
                meta.set("labels", labels.deepCopy());
            }
            claim.set("spec", template.path("spec").deepCopy());
            writes.create("persistentvolumeclaims", set.key().namespace(), claim);
        }
        var volumes = podSpec.withArray("volumes");
        for (int i = volumes.size() - 1; i >= 0; i--) {
            if (volumes.get(i).path("name").asText().equals(volume)) {
                volumes.remove(i);
            }
        }
        volumes.addObject()
                .put("name", volume)
                .putObject("persistentVolumeClaim")
                .put("claimName", name);
    }

    private void report(
            Stored set, ControlledPods pods, TreeMap<Integer, Stored> present, int wanted, String revision) {
        int all = pods.active().size();
        int ready = pods.ready();
        int updated = (int) pods.active().stream()
                .filter(p -> ControlledPods.label(p, HASH).equals(revision))
                .count();
        long generation = set.tree().path("metadata").path("generation").asLong();
        writes.status(set.key(), next -> {
            ObjectNode status = Json.child(next, "status");
            boolean done = updated == wanted && ready == wanted && present.size() <= wanted;
            String current = status.path("currentRevision").asText();
            if (current.isEmpty() || done) {
                current = revision;
            }
            String before = current;
            int ofCurrent = before.equals(revision)
                    ? updated
                    : (int) pods.active().stream()
                            .filter(p -> ControlledPods.label(p, HASH).equals(before))
                            .count();
            status.put("observedGeneration", generation).put("replicas", all);
            status.put("currentRevision", before).put("updateRevision", revision);
            status.put("availableReplicas", ready).put("collisionCount", 0);
            Conditions.count(status, "readyReplicas", ready);
            Conditions.count(status, "currentReplicas", ofCurrent);
            Conditions.count(status, "updatedReplicas", updated);
        });
    }
}
