package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Digests;
import io.driftless.sandbox.Store.Key;
import java.util.List;

/// Deployments, their ReplicaSets, the other workloads and their pods, without anything that runs.
final class Workloads {
    private final Store store;
    private final ControllerWrites writes;

    Workloads(Store store, ControllerWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    static ObjectNode condition(String type, String status, String reason, String message) {
        String now = Json.now();
        return Json.object()
                .put("type", type)
                .put("status", status)
                .put("lastUpdateTime", now)
                .put("lastTransitionTime", now)
                .put("reason", reason)
                .put("message", message);
    }

    void deployment(Key key, ObjectNode object) {
        JsonNode template = object.path("spec").path("template");
        String hash = Digests.of(template).substring(0, 10).replaceAll("[aeiou01]", "b");
        String wanted = key.name() + "-" + hash;
        int replicas = object.path("spec").path("replicas").asInt();
        List<ObjectNode> sets = writes.controlled(Json.uid(object), "replicasets.apps");
        ObjectNode current = null;
        int revision = 0;
        for (ObjectNode set : sets) {
            revision = Math.max(revision, revision(set));
            if (Json.name(set).equals(wanted)) {
                current = set;
            }
        }
        if (current == null) {
            createReplicaSet(key, object, wanted, hash, replicas, revision + 1);
            return;
        }
        if (revision(current) < revision) {
            int next = revision + 1;
            writes.main(replicaSetKey(key, current), o -> revision(o, next));
            return;
        }
        if (current.path("spec").path("replicas").asInt() != replicas) {
            scale(replicaSetKey(key, current), replicas);
        }
        int ready = current.path("status").path("readyReplicas").asInt();
        boolean settled = ready >= replicas && observed(current);
        int all = current.path("status").path("replicas").asInt();
        int available = ready;
        for (ObjectNode set : sets) {
            if (set != current) {
                all += set.path("status").path("replicas").asInt();
                available += set.path("status").path("readyReplicas").asInt();
                if (settled && set.path("spec").path("replicas").asInt() > 0) {
                    scale(replicaSetKey(key, set), 0);
                }
            }
        }
        prune(key, object, sets, current);
        deploymentStatus(key, object, current, all, available, replicas);
    }

    /// Old ReplicaSets beyond `revisionHistoryLimit` go, the oldest first.
    private void prune(Key key, ObjectNode object, List<ObjectNode> sets, ObjectNode current) {
        int limit = object.path("spec").path("revisionHistoryLimit").asInt(10);
        List<ObjectNode> old = sets.stream()
                .filter(s -> s != current && s.path("status").path("replicas").asInt() == 0)
                .filter(s -> s.path("spec").path("replicas").asInt() == 0 && observed(s))
                .sorted(java.util.Comparator.comparingInt(Workloads::revision))
                .toList();
        old.subList(0, Math.max(0, old.size() - limit)).forEach(s -> writes.delete(replicaSetKey(key, s)));
    }

    private void deploymentStatus(
            Key key, ObjectNode object, ObjectNode current, int all, int available, int replicas) {
        int updated = current.path("status").path("replicas").asInt();
        boolean complete = updated == replicas && all == replicas && available == replicas && observed(current);
        boolean enough = available >= replicas - replicas / 4;
        writes.status(key, next -> {
            Json.child(Json.meta(next), "annotations")
                    .put("deployment.kubernetes.io/revision", Integer.toString(revision(current)));
            ObjectNode status = Json.child(next, "status");
            status.put(
                    "observedGeneration",
                    object.path("metadata").path("generation").asInt());
            count(status, "replicas", all);
            count(status, "updatedReplicas", updated);
            count(status, "readyReplicas", available);
            count(status, "availableReplicas", available);
            count(status, "unavailableReplicas", Math.max(0, replicas - available));
            ArrayNode conditions =
                    status.get("conditions") instanceof ArrayNode found ? found : status.putArray("conditions");
            set(
                    conditions,
                    enough
                            ? condition(
                                    "Available",
                                    "True",
                                    "MinimumReplicasAvailable",
                                    "Deployment has minimum availability.")
                            : condition(
                                    "Available",
                                    "False",
                                    "MinimumReplicasUnavailable",
                                    "Deployment does not have minimum availability."));
            String what = "ReplicaSet \"" + Json.name(current) + "\" ";
            set(
                    conditions,
                    complete
                            ? condition(
                                    "Progressing",
                                    "True",
                                    "NewReplicaSetAvailable",
                                    what + "has successfully progressed.")
                            : condition("Progressing", "True", "ReplicaSetUpdated", what + "is progressing."));
        });
    }

    private static void count(ObjectNode status, String field, int value) {
        if (value == 0) {
            status.remove(field);
        } else {
            status.put(field, value);
        }
    }

    /// Puts a condition in the place of the one of its type; an unchanged one keeps its times.
    static void set(ArrayNode conditions, ObjectNode condition) {
        for (int i = 0; i < conditions.size(); i++) {
            JsonNode was = conditions.get(i);
            if (was.path("type").equals(condition.path("type"))) {
                if (was.path("status").equals(condition.path("status"))) {
                    condition.set("lastTransitionTime", was.path("lastTransitionTime"));
                    if (was.path("reason").equals(condition.path("reason"))
                            && was.path("message").equals(condition.path("message"))) {
                        return;
                    }
                }
                conditions.set(i, condition);
                return;
            }
        }
        conditions.add(condition);
    }

    private void createReplicaSet(Key key, ObjectNode object, String name, String hash, int replicas, int revision) {
        ObjectNode set = Json.object();
        ObjectNode meta = set.putObject("metadata").put("name", name);
        ObjectNode template = object.path("spec").path("template").deepCopy();
        Json.child(Json.meta(template), "labels").put("pod-template-hash", hash);
        meta.set("labels", Json.child(Json.meta(template), "labels").deepCopy());
        revision(set, revision);
        ControllerWrites.owner(set, object);
        ObjectNode spec = set.putObject("spec").put("replicas", replicas);
        ObjectNode selector = object.path("spec").path("selector").deepCopy();
        Json.child(selector, "matchLabels").put("pod-template-hash", hash);
        spec.set("selector", selector);
        spec.set("template", template);
        writes.create("replicasets.apps", key.namespace(), set);
    }

    private static int revision(JsonNode set) {
        return set.path("metadata")
                .path("annotations")
                .path("deployment.kubernetes.io/revision")
                .asInt();
    }

    private static void revision(ObjectNode set, int revision) {
        Json.child(Json.meta(set), "annotations").put("deployment.kubernetes.io/revision", Integer.toString(revision));
    }

    private static Key replicaSetKey(Key deployment, JsonNode set) {
        return new Key("replicasets.apps", deployment.namespace(), Json.name(set));
    }

    private void scale(Key key, int replicas) {
        writes.main(key, o -> Json.child(o, "spec").put("replicas", replicas));
    }

    private static boolean observed(JsonNode object) {
        return object.path("status").path("observedGeneration").asLong()
                == object.path("metadata").path("generation").asLong();
    }

    void replicaSet(Key key, ObjectNode object) {
        int replicas = object.path("spec").path("replicas").asInt();
        Pods pods = pods(key, object, replicas, "");
        writes.status(key, next -> {
            ObjectNode status = Json.child(next, "status").put("replicas", pods.all());
            status.put(
                    "observedGeneration",
                    object.path("metadata").path("generation").asInt());
            count(status, "fullyLabeledReplicas", pods.all());
            count(status, "readyReplicas", pods.ready());
            count(status, "availableReplicas", pods.ready());
        });
    }

    void statefulSet(Key key, ObjectNode object) {
        int replicas = object.path("spec").path("replicas").asInt();
        String revision = key.name() + "-"
                + Digests.of(object.path("spec").path("template")).substring(0, 10);
        Pods pods = pods(key, object, replicas, revision);
        writes.status(key, next -> {
            ObjectNode status = Json.child(next, "status").put("replicas", pods.all());
            status.put(
                    "observedGeneration",
                    object.path("metadata").path("generation").asInt());
            status.put("currentRevision", revision).put("updateRevision", revision);
            status.put("availableReplicas", pods.ready()).put("collisionCount", 0);
            count(status, "readyReplicas", pods.ready());
            count(status, "currentReplicas", pods.all());
            count(status, "updatedReplicas", pods.all());
        });
    }

    void daemonSet(Key key, ObjectNode object) {
        String revision = Digests.of(object.path("spec").path("template")).substring(0, 10);
        Pods pods = pods(key, object, 1, revision);
        writes.status(key, next -> {
            ObjectNode status = Json.child(next, "status");
            status.put("currentNumberScheduled", pods.all()).put("desiredNumberScheduled", 1);
            status.put("numberMisscheduled", 0).put("numberReady", pods.ready());
            status.put(
                    "observedGeneration",
                    object.path("metadata").path("generation").asInt());
            count(status, "numberAvailable", pods.ready());
            count(status, "updatedNumberScheduled", pods.all());
        });
    }

    void job(Key key, ObjectNode object) {
        if (object.path("status").has("completionTime")
                || object.path("spec").path("suspend").asBoolean()) {
            return;
        }
        int completions = object.path("spec").path("completions").asInt(1);
        Pods pods = pods(key, object, completions, "");
        writes.status(key, next -> {
            ObjectNode status = Json.child(next, "status");
            Defaults.absent(status, "startTime", Json.now());
            status.put("ready", 0);
            count(status, "active", pods.all() - pods.succeeded());
            count(status, "succeeded", pods.succeeded());
            if (pods.succeeded() >= completions) {
                status.put("completionTime", Json.now());
                status.putArray("conditions")
                        .add(condition(
                                "SuccessCriteriaMet",
                                "True",
                                "CompletionsReached",
                                "Reached expected number of succeeded pods"))
                        .add(condition(
                                "Complete", "True", "CompletionsReached", "Reached expected number of succeeded pods"));
            }
        });
    }

    private record Pods(int all, int ready, int succeeded) {}

    /// Makes the pods of an owner as many as wanted and counts them. Pods of another `revision` (label
    /// `controller-revision-hash`, not used where empty) are replaced.
    private Pods pods(Key key, ObjectNode owner, int wanted, String revision) {
        boolean ordered = key.type().equals("statefulsets.apps");
        List<ObjectNode> pods = new java.util.ArrayList<>(writes.controlled(Json.uid(owner), "pods"));
        List<ObjectNode> kept = new java.util.ArrayList<>();
        for (ObjectNode pod : pods) {
            String has = pod.path("metadata")
                    .path("labels")
                    .path("controller-revision-hash")
                    .asText();
            boolean surplus = ordered ? ordinal(pod) >= wanted : kept.size() >= wanted;
            if (surplus || !has.equals(revision)) {
                writes.delete(new Key("pods", key.namespace(), Json.name(pod)));
            } else {
                kept.add(pod);
            }
        }
        if (ordered) {
            for (int i = 0; i < wanted; i++) {
                String name = key.name() + "-" + i;
                if (kept.stream().noneMatch(p -> Json.name(p).equals(name))
                        && store.get(new Key("pods", key.namespace(), name)) == null) {
                    createPod(key, owner, name, revision);
                }
            }
        } else {
            for (int i = kept.size(); i < wanted; i++) {
                createPod(key, owner, "", revision);
            }
        }
        List<ObjectNode> now = writes.controlled(Json.uid(owner), "pods");
        int ready = 0;
        int succeeded = 0;
        for (ObjectNode pod : now) {
            String phase = pod.path("status").path("phase").asText();
            ready += phase.equals("Running") ? 1 : 0;
            succeeded += phase.equals("Succeeded") ? 1 : 0;
        }
        return new Pods(now.size(), ready, succeeded);
    }

    private static int ordinal(JsonNode pod) {
        String name = Json.name(pod);
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private void createPod(Key key, ObjectNode owner, String name, String revision) {
        ObjectNode pod = Json.object();
        JsonNode template = owner.path("spec").path("template");
        ObjectNode meta = pod.putObject("metadata");
        for (String field : List.of("labels", "annotations")) {
            if (template.path("metadata").path(field) instanceof ObjectNode found) {
                meta.set(field, found.deepCopy());
            }
        }
        if (!revision.isEmpty()) {
            Json.child(meta, "labels").put("controller-revision-hash", revision);
        }
        if (name.isEmpty()) {
            meta.put("generateName", key.name() + "-");
        } else {
            meta.put("name", name);
        }
        ControllerWrites.owner(pod, owner);
        pod.set("spec", template.path("spec").deepCopy());
        writes.create("pods", key.namespace(), pod);
    }

    /// A pod runs as soon as it exists; one of a Job is done, one whose image is never ready waits for
    /// ever.
    void pod(Key key, ObjectNode object) {
        if (object.path("status").has("phase")
                && !object.path("status").path("phase").asText().isEmpty()) {
            return;
        }
        PodStatus.Outcome outcome = PodStatus.outcome(object);
        writes.status(key, next -> PodStatus.fill(next, outcome));
    }
}
