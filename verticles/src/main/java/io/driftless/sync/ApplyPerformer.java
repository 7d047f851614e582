package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.objects.Basis;
import io.driftless.objects.IgnoreRule;
import io.driftless.objects.IgnoredFields;
import io.driftless.sync.SyncOutcome.Owner;
import io.driftless.sync.SyncTask.Apply;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Makes objects what Git says, each fenced by the state that was decided on.
///
/// How the API server fences server-side apply (measured on kube-apiserver 1.36):
/// - a stale `metadata.resourceVersion` is refused with 409 Conflict, also when nothing would change;
/// - on an object that does not exist a `resourceVersion` alone is ignored and the object is *created*; with a
///   `metadata.uid` beside it the answer is 409. So a change carries both, and never brings back what was deleted;
/// - `resourceVersion: "1"` belongs to no object (the first write to an etcd is revision 2): a missing object is
///   created, an existing one refused with 409. So a create carries that. (`""` and `"0"` mean no precondition, and a
///   POST cannot make us the owner by Apply.)
///
/// A controller that reports a status gives the object a new resourceVersion too. Where the [Basis] shows that nothing
/// else happened the decision still holds, and the write is made on the new version at once.
final class ApplyPerformer {
    static final String NO_OBJECT = "1";
    private static final int MOST_TRIES = 5;

    private final Function<String, JsonNode> open;

    /// @param open opens a sealed manifest
    ApplyPerformer(Function<String, JsonNode> open) {
        this.open = open;
    }

    /// Fails with [ApiException] on what the server refuses for any reason but a conflict.
    SyncOutcome apply(Cluster cluster, Apply task) {
        if (cluster.kind(task.resource().groupKind()).isEmpty()) {
            // A definition of the same sync may be on its way.
            return SyncPerformer.refusal(
                    task,
                    "the cluster does not serve " + task.resource().groupKind()
                            + ": is its CustomResourceDefinition installed?",
                    true);
        }
        ObjectNode wanted = manifest(task);
        IgnoredFields kept =
                IgnoredFields.of(task.keep().stream().map(ApplyPerformer::rule).toList(), wanted);
        if (!kept.unsupported().isEmpty()) {
            throw new UnsupportedOperationException("spec.ignoreDifferences: the jq expression "
                    + kept.unsupported().getFirst()
                    + " is not supported yet; write it as a plain path or as a JSON pointer");
        }
        Optional<LiveObject> live = kept.isEmpty() ? Optional.empty() : SyncPerformer.live(cluster, task);
        if (!kept.isEmpty()
                && live.filter(now -> now.resourceVersion().equals(task.decidedOn()) || undisturbed(task, now))
                        .isEmpty()) {
            return conflict(task, live, wanted, "the object has been modified");
        }
        String version = live.map(LiveObject::resourceVersion).orElse(task.creates() ? NO_OBJECT : task.decidedOn());
        boolean anew = RecreatePerformer.wanted(task);
        for (int tries = 1; ; tries++) {
            ObjectNode object = live.isPresent() && !kept.isEmpty()
                    ? (ObjectNode) kept.respected(wanted, live.get().object())
                    : wanted;
            try {
                return anew
                        ? RecreatePerformer.recreate(cluster, task, object, version)
                        : write(cluster, task, object, version);
            } catch (ApiException refused) {
                if (!anew && RecreatePerformer.helps(task, refused)) {
                    anew = true;
                    continue;
                }
                if (!refused.conflict()) {
                    throw refused;
                }
                live = SyncPerformer.live(cluster, task);
                if (tries >= MOST_TRIES || live.isEmpty() || !undisturbed(task, live.get())) {
                    return conflict(task, live, wanted, SyncPerformer.words(refused));
                }
                version = live.get().resourceVersion();
            }
        }
    }

    private static SyncOutcome write(Cluster cluster, Apply task, ObjectNode object, String version) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.put("resourceVersion", version);
        if (!task.creates()) {
            metadata.put("uid", task.uid());
        }
        long start = System.nanoTime();
        JsonNode written = task.replace() && !task.creates() && !task.dryRun()
                ? cluster.replace(object, SyncPerformer.FIELD_MANAGER)
                : cluster.apply(object, new Cluster.Apply(SyncPerformer.FIELD_MANAGER, true, task.dryRun()));
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        String after = task.dryRun() ? "" : new LiveObject(written).resourceVersion();
        return new SyncOutcome.Applied(
                task.operation(), task.resource(), task.decidedOn(), task.creates(), after, micros);
    }

    /// Whether all that happened to the object since the decision is that its status was reported.
    private static boolean undisturbed(Apply task, LiveObject now) {
        return !task.basis().isEmpty()
                && now.uid().equals(task.uid())
                && Basis.of(now.object()).equals(task.basis());
    }

    private static SyncOutcome conflict(Apply task, Optional<LiveObject> live, JsonNode manifest, String message) {
        Owner owner = live.map(object -> object.owner(manifest)).orElse(Owner.SELF);
        if (owner == Owner.OTHER && task.exclusive()) {
            return SyncPerformer.refusal(
                    task,
                    task.resource() + " belongs to another Application; option FailOnSharedResource=true forbids"
                            + " to take it over",
                    false);
        }
        return new SyncOutcome.Conflict(
                task.operation(),
                task.resource(),
                task.decidedOn(),
                owner,
                live.map(LiveObject::uid).orElse(""),
                live.map(LiveObject::resourceVersion).orElse(""),
                message);
    }

    private ObjectNode manifest(Apply task) {
        JsonNode clear = task.sealed() == null ? task.manifest() : open.apply(task.sealed());
        if (clear instanceof ObjectNode object) {
            return object.deepCopy();
        }
        throw new UnsupportedOperationException("the manifest of " + task.resource() + " is no object");
    }

    private static IgnoreRule rule(IgnoreDifferences declared) {
        return new IgnoreRule(
                declared.group(),
                declared.kind(),
                declared.name(),
                declared.namespace(),
                declared.jsonPointers(),
                declared.jqPathExpressions(),
                declared.managedFieldsManagers());
    }
}
