package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Digests;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deployments: a ReplicaSet for each template, rolled out as the strategy says.
final class DeploymentController implements Controller {
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private final ControllerWrites writes;
    private final DeploymentReports reports;

    DeploymentController(ControllerWrites writes, Delays delays) {
        this.writes = writes;
        this.reports = new DeploymentReports(writes, delays);
    }

    @Override
    public void reconcile(Stored stored) {
        ObjectNode object = stored.tree();
        String hash = hash(object.path("spec").path("template"));
        String wanted = stored.key().name() + "-" + hash;
        List<ReplicaSet> sets = writes.controlled(stored.uid(), "replicasets.apps").stream()
                .map(ReplicaSet::new)
                .toList();
        ReplicaSet current = find(sets, wanted);
        Rollout rollout = new Rollout(object, current, sets);
        boolean paused = object.path("spec").path("paused").asBoolean();
        int newest = sets.stream().mapToInt(ReplicaSet::revision).max().orElse(0);
        if (paused && current == null) {
            reports.write(stored, rollout);
        } else if (current == null) {
            rollout.before().forEach(size -> scale(stored, size));
            if (rollout.mayStart()) {
                create(stored, wanted, hash, rollout, newest + 1);
            } else {
                reports.write(stored, rollout);
            }
        } else {
            int revision = current.revision() < newest ? newest + 1 : newest;
            keep(stored, current, rollout, revision);
            if (!paused) {
                rollout.old().forEach(size -> scale(stored, size));
                prune(object, sets, current);
            }
            reports.write(stored, rollout);
        }
    }

    private static @Nullable ReplicaSet find(List<ReplicaSet> sets, String name) {
        return sets.stream()
                .filter(s -> s.key().name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String hash(JsonNode template) {
        return Digests.of(template).substring(0, 10).replaceAll("[aeiou01]", "b");
    }

    /// The ReplicaSet of the present template, with the size that the rollout allows now.
    private void keep(Stored deployment, ReplicaSet current, Rollout rollout, int revision) {
        ObjectNode annotations = Json.object();
        annotate(annotations, rollout, revision);
        int replicas = rollout.size();
        boolean same = current.replicas() == replicas;
        for (var entry : annotations.properties()) {
            same &= entry.getValue().equals(current.annotations().get(entry.getKey()));
        }
        if (!same) {
            writes.main(current.key(), set -> {
                Json.child(Json.meta(set), "annotations").setAll(annotations);
                Json.child(set, "spec").put("replicas", replicas);
            });
            tell(deployment, current.key().name(), current.replicas(), replicas);
        }
    }

    private static void annotate(ObjectNode annotations, Rollout rollout, int revision) {
        annotations
                .put("deployment.kubernetes.io/desired-replicas", Integer.toString(rollout.replicas()))
                .put("deployment.kubernetes.io/max-replicas", Integer.toString(rollout.most()))
                .put(REVISION, Integer.toString(revision));
    }

    private void scale(Stored deployment, Rollout.Size size) {
        writes.main(size.set().key(), set -> Json.child(set, "spec").put("replicas", size.replicas()));
        tell(deployment, size.set().key().name(), size.set().replicas(), size.replicas());
    }

    private void tell(Stored deployment, String set, int from, int to) {
        if (from != to) {
            String message =
                    "Scaled " + (from < to ? "up" : "down") + " replica set " + set + " from " + from + " to " + to;
            writes.tell(deployment, "deployment-controller", "ScalingReplicaSet", message);
        }
    }

    /// Old ReplicaSets beyond `revisionHistoryLimit` go, the oldest first.
    private void prune(ObjectNode object, List<ReplicaSet> sets, ReplicaSet current) {
        int limit = object.path("spec").path("revisionHistoryLimit").asInt(10);
        List<ReplicaSet> idle = sets.stream()
                .filter(s -> s != current && s.idle())
                .sorted(Comparator.comparingInt(ReplicaSet::revision))
                .toList();
        idle.subList(0, Math.max(0, idle.size() - limit)).forEach(s -> writes.delete(s.key()));
    }

    private void create(Stored deployment, String name, String hash, Rollout rollout, int revision) {
        ObjectNode object = deployment.tree();
        ObjectNode set = Json.object();
        ObjectNode meta = set.putObject("metadata").put("name", name);
        ObjectNode template = object.path("spec").path("template").deepCopy();
        Json.child(Json.meta(template), "labels").put("pod-template-hash", hash);
        meta.set("labels", Json.child(Json.meta(template), "labels").deepCopy());
        annotate(meta.putObject("annotations"), rollout, revision);
        ControllerWrites.owner(set, object);
        ObjectNode spec = set.putObject("spec").put("replicas", rollout.size());
        ObjectNode selector = object.path("spec").path("selector").deepCopy();
        Json.child(selector, "matchLabels").put("pod-template-hash", hash);
        spec.set("selector", selector);
        spec.set("template", template);
        try {
            writes.create("replicasets.apps", deployment.key().namespace(), set);
        } catch (ApiError e) {
            refused(deployment, name, e);
            return;
        }
        writes.refusals().remove(deployment.key());
        tell(deployment, name, 0, rollout.size());
    }

    private void refused(Stored deployment, String set, ApiError refusal) {
        if (writes.refusals().add(deployment.key(), refusal)) {
            String reason = "ReplicaSetCreateError";
            String message = "Failed to create new replica set \"" + set + "\": " + refusal.getMessage();
            writes.warn(deployment, "deployment-controller", reason, message);
            writes.status(
                    deployment.key(),
                    next -> Conditions.set(
                            Json.child(next, "status"), Conditions.of("Progressing", "False", reason, message)));
        }
    }

    /// What a Deployment has to know about one of its ReplicaSets.
    record ReplicaSet(Stored stored) {
        Key key() {
            return stored.key();
        }

        JsonNode annotations() {
            return stored.tree().path("metadata").path("annotations");
        }

        int revision() {
            return annotations().path(REVISION).asInt();
        }

        int replicas() {
            return stored.tree().path("spec").path("replicas").asInt();
        }

        int count(String field) {
            return stored.tree().path("status").path(field).asInt();
        }

        boolean observed() {
            return stored.tree().path("status").path("observedGeneration").asLong()
                    == stored.tree().path("metadata").path("generation").asLong();
        }

        boolean idle() {
            return replicas() == 0 && count("replicas") == 0 && observed();
        }
    }
}
