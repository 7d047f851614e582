package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.cluster.Clusters;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.objects.IgnoreRule;
import io.driftless.objects.IgnoredFields;
import io.driftless.stage.Performer;
import io.driftless.sync.SyncOutcome.Owner;
import io.driftless.sync.SyncTask.Apply;
import io.driftless.sync.SyncTask.EnsureNamespace;
import io.driftless.sync.SyncTask.Prune;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to clusters, every write fenced by the state it was decided on.
///
/// How the API server fences server-side apply (measured on kube-apiserver 1.36):
/// - a stale `metadata.resourceVersion` is refused with 409 Conflict, also when nothing would change;
/// - on an object that does not exist a `resourceVersion` alone is ignored and the object is *created*; with a
///   `metadata.uid` beside it the answer is 409. So a change carries both, and never brings back what was deleted;
/// - `resourceVersion: "1"` belongs to no object (the first write to an etcd is revision 2): a missing object is
///   created, an existing one refused with 409. So a create carries that. (`""` and `"0"` mean no precondition, and a
///   POST cannot make us the owner by Apply.)
public final class SyncPerformer implements Performer<SyncTask, SyncOutcome> {
    /// Field manager of all our applies, the same as Argo CD's: it takes over from it without a conflict.
    public static final String FIELD_MANAGER = "argocd-controller";

    private static final Logger LOG = LoggerFactory.getLogger(SyncPerformer.class);

    static final String NO_OBJECT = "1";

    private final Clusters clusters;
    private final Function<String, JsonNode> open;

    /// @param open opens a sealed manifest
    public SyncPerformer(Clusters clusters, Function<String, JsonNode> open) {
        this.clusters = clusters;
        this.open = open;
    }

    @Override
    public SyncOutcome perform(String subject, SyncTask task) {
        try {
            Cluster cluster = clusters.of(task.cluster());
            return switch (task) {
                case Apply apply -> apply(cluster, apply);
                case Prune prune -> prune(cluster, prune);
                case EnsureNamespace ensure -> ensure(cluster, ensure);
            };
        } catch (ApiException refused) {
            return refused(task, refused);
        } catch (ClusterUnreachableException unreachable) {
            return refusal(task, words(unreachable), true);
        } catch (UnsupportedOperationException | IllegalArgumentException hopeless) {
            return refusal(task, words(hopeless), false);
        } catch (RuntimeException unforeseen) {
            // Without an outcome the operation would wait for ever.
            LOG.warn("{}: {} could not be written", subject, task.resource(), unforeseen);
            return refusal(task, unforeseen.getClass().getSimpleName() + ": " + words(unforeseen), true);
        }
    }

    private SyncOutcome apply(Cluster cluster, Apply task) {
        if (cluster.kind(task.resource().groupKind()).isEmpty()) {
            // A definition of the same sync may be on its way.
            return refusal(
                    task,
                    "the cluster does not serve " + task.resource().groupKind()
                            + ": is its CustomResourceDefinition installed?",
                    true);
        }
        ObjectNode object = manifest(task);
        IgnoredFields kept =
                IgnoredFields.of(task.keep().stream().map(SyncPerformer::rule).toList(), object);
        if (!kept.unsupported().isEmpty()) {
            throw new UnsupportedOperationException("spec.ignoreDifferences: the jq expression "
                    + kept.unsupported().getFirst()
                    + " is not supported yet; write it as a plain path or as a JSON pointer");
        }
        if (!kept.isEmpty()) {
            Optional<LiveObject> live = live(cluster, task);
            if (live.isEmpty() || !live.get().resourceVersion().equals(task.decidedOn())) {
                return conflict(task, live, object, "the object has been modified");
            }
            object = (ObjectNode) kept.respected(object, live.get().object());
        }
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.put("resourceVersion", task.creates() ? NO_OBJECT : task.decidedOn());
        if (!task.creates()) {
            metadata.put("uid", task.uid());
        }
        long start = System.nanoTime();
        try {
            JsonNode written = task.replace() && !task.creates() && !task.dryRun()
                    ? cluster.replace(object, FIELD_MANAGER)
                    : cluster.apply(object, new Cluster.Apply(FIELD_MANAGER, true, task.dryRun()));
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            String version = task.dryRun() ? "" : new LiveObject(written).resourceVersion();
            return new SyncOutcome.Applied(
                    task.operation(), task.resource(), task.decidedOn(), task.creates(), version, micros);
        } catch (ApiException refused) {
            if (!refused.conflict()) {
                throw refused;
            }
            return conflict(task, live(cluster, task), object, words(refused));
        }
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

    private ObjectNode manifest(Apply task) {
        JsonNode clear = task.sealed() == null ? task.manifest() : open.apply(task.sealed());
        if (clear instanceof ObjectNode object) {
            return object.deepCopy();
        }
        throw new UnsupportedOperationException("the manifest of " + task.resource() + " is no object");
    }

    private static Optional<LiveObject> live(Cluster cluster, SyncTask task) {
        return cluster.get(task.resource(), null).map(LiveObject::new);
    }

    private static SyncOutcome conflict(Apply task, Optional<LiveObject> live, JsonNode manifest, String message) {
        Owner owner = live.map(object -> object.owner(manifest)).orElse(Owner.SELF);
        if (owner == Owner.OTHER && task.exclusive()) {
            return refusal(
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

    /// Reads before it deletes: only the object itself can say that it is to be kept.
    private static SyncOutcome prune(Cluster cluster, Prune task) {
        Optional<LiveObject> live = live(cluster, task);
        if (live.isEmpty()) {
            return new SyncOutcome.Pruned(task.operation(), task.resource(), task.decidedOn());
        }
        String kept = live.get().keptBecause(task.cascade());
        if (!kept.isEmpty()) {
            return new SyncOutcome.Kept(task.operation(), task.resource(), task.decidedOn(), kept);
        }
        try {
            cluster.delete(
                    task.resource(),
                    task.apiVersion(),
                    new Cluster.Delete(task.uid(), task.decidedOn(), task.propagation(), task.dryRun()));
            return new SyncOutcome.Pruned(task.operation(), task.resource(), task.decidedOn());
        } catch (ApiException refused) {
            if (!refused.conflict()) {
                throw refused;
            }
            Optional<LiveObject> now = live(cluster, task);
            return new SyncOutcome.Conflict(
                    task.operation(),
                    task.resource(),
                    task.decidedOn(),
                    Owner.SELF,
                    now.map(LiveObject::uid).orElse(""),
                    now.map(LiveObject::resourceVersion).orElse(""),
                    words(refused));
        }
    }

    private static SyncOutcome ensure(Cluster cluster, EnsureNamespace task) {
        Optional<LiveObject> live = live(cluster, task);
        if (live.isPresent() && task.metadata() == null) {
            return new SyncOutcome.Applied(
                    task.operation(), task.resource(), "", false, live.get().resourceVersion(), 0);
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode metadata =
                object.putObject("metadata").put("name", task.resource().name());
        if (task.metadata() != null) {
            put(metadata, "labels", task.metadata().labels());
            put(metadata, "annotations", task.metadata().annotations());
        }
        long start = System.nanoTime();
        JsonNode written = cluster.apply(object, new Cluster.Apply(FIELD_MANAGER, true, task.dryRun()));
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        String version = task.dryRun() ? "" : new LiveObject(written).resourceVersion();
        return new SyncOutcome.Applied(task.operation(), task.resource(), "", live.isEmpty(), version, micros);
    }

    private static void put(ObjectNode metadata, String field, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            ObjectNode object = metadata.putObject(field);
            entries.forEach(object::put);
        }
    }

    private static SyncOutcome refused(SyncTask task, ApiException refused) {
        // What the server says about a Secret may quote its values.
        String message = task instanceof Apply apply && apply.sealed() != null
                ? "the API server refused it (" + refused.code() + ' ' + refused.reason()
                        + "); its words are kept back, they may quote the Secret"
                : words(refused);
        boolean definitionMissing = refused.notFound() && task instanceof Apply;
        return refusal(task, message, refused.mayPass() || definitionMissing);
    }

    private static SyncOutcome refusal(SyncTask task, String message, boolean passing) {
        return new SyncOutcome.Refused(task.operation(), task.resource(), task.decidedOn(), message, passing);
    }

    private static String words(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
