package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.sync.SyncOutcome.Owner;
import io.driftless.sync.SyncTask.Apply;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Deletes an object and creates it anew: option `Force=true`, where it cannot be changed into what Git says. Nothing
/// is deleted before the API server has said, in a dry run under another name, that it would create the new one.
///
/// What takes time to go (it has finalizers) is a conflict: the write is decided anew when it is seen to be gone. A
/// crash between the two ends in the same way.
final class RecreatePerformer {
    /// What they hold would go with them.
    private static final Set<String> NEVER = Set.of("Namespace", "CustomResourceDefinition");

    private static final int AT_ONCE_SECONDS = 0;
    private static final int UNPROCESSABLE = 422;

    private RecreatePerformer() {}

    /// Whether that is the way from the start.
    static boolean wanted(Apply task) {
        return task.force() && task.replace() && !task.creates() && !task.dryRun();
    }

    /// Whether that is the way after the API server refused to change it.
    static boolean helps(Apply task, ApiException refused) {
        return refused.code() == UNPROCESSABLE
                && task.force()
                && !task.creates()
                && !task.dryRun()
                && !NEVER.contains(task.resource().kind());
    }

    /// Fails with [ApiException] on what the server refuses, a conflict with the deletion among it.
    static SyncOutcome recreate(Cluster cluster, Apply task, ObjectNode wanted, String version) {
        if (NEVER.contains(task.resource().kind())) {
            return SyncPerformer.refusal(
                    task,
                    "option Force=true does not delete a " + task.resource().kind()
                            + " together with all that is in it; take Replace=true or Force=true off it",
                    false);
        }
        Optional<LiveObject> before = SyncPerformer.live(cluster, task);
        if (before.map(live -> live.owner(wanted)).orElse(Owner.SELF) == Owner.OTHER) {
            return SyncPerformer.refusal(
                    task,
                    task.resource() + " belongs to another Application; option Force=true deletes nothing of others",
                    false);
        }
        ObjectNode fresh = wanted.deepCopy();
        ObjectNode metadata = fresh.withObjectProperty("metadata");
        metadata.remove("uid");
        metadata.put("resourceVersion", ApplyPerformer.NO_OBJECT);
        ObjectNode trial = fresh.deepCopy();
        trial.withObjectProperty("metadata").put("name", trialName(task));
        cluster.apply(trial, new Cluster.Apply(SyncPerformer.FIELD_MANAGER, true, true));
        cluster.delete(
                task.resource(),
                wanted.path("apiVersion").asText(),
                new Cluster.Delete(task.uid(), version, "Background", false, AT_ONCE_SECONDS));
        Optional<LiveObject> left = SyncPerformer.live(cluster, task);
        if (left.isPresent()) {
            return new SyncOutcome.Conflict(
                    task.operation(),
                    task.resource(),
                    task.decidedOn(),
                    Owner.SELF,
                    left.get().uid(),
                    left.get().resourceVersion(),
                    "it is being deleted, to be created anew (option Force=true), and something still keeps it");
        }
        long start = System.nanoTime();
        JsonNode written = cluster.apply(fresh, new Cluster.Apply(SyncPerformer.FIELD_MANAGER, true, false));
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        return new SyncOutcome.Applied(
                task.operation(),
                task.resource(),
                task.decidedOn(),
                true,
                new LiveObject(written).resourceVersion(),
                micros);
    }

    /// A name that every kind allows and nobody uses.
    private static String trialName(Apply task) {
        return "driftless-trial-" + Integer.toHexString(task.resource().hashCode());
    }
}
