package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.cluster.Clusters;
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
public final class SyncPerformer implements Performer<SyncTask, SyncOutcome> {
    /// Field manager of all our applies, the same as Argo CD's: it takes over from it without a conflict.
    public static final String FIELD_MANAGER = "argocd-controller";

    private static final Logger LOG = LoggerFactory.getLogger(SyncPerformer.class);

    private final Clusters clusters;
    private final ApplyPerformer applies;

    /// @param open opens a sealed manifest
    public SyncPerformer(Clusters clusters, Function<String, JsonNode> open) {
        this.clusters = clusters;
        this.applies = new ApplyPerformer(open);
    }

    @Override
    public SyncOutcome perform(String subject, SyncTask task) {
        try {
            Cluster cluster = clusters.of(task.cluster());
            return switch (task) {
                case Apply apply -> applies.apply(cluster, apply);
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

    static Optional<LiveObject> live(Cluster cluster, SyncTask task) {
        return cluster.get(task.resource(), null).map(LiveObject::new);
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

    static SyncOutcome refusal(SyncTask task, String message, boolean passing) {
        return new SyncOutcome.Refused(task.operation(), task.resource(), task.decidedOn(), message, passing);
    }

    static String words(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
