package io.driftless.sync;

import io.driftless.events.ApplicationSpec;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.OperationEvent.ResourceResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the writes that recorded intents are about.
record Tasks(Operation operation, String cluster, ApplicationSpec spec, SyncOptions options) {

    /// @param uid uid of the live object; empty when there is none
    /// @return null while the manifest with the recorded digest is not at hand
    @Nullable
    SyncTask of(ResourceResult intent, String uid, Knowledge known) {
        if (SyncPlan.ensures(intent)) {
            return new SyncTask.EnsureNamespace(
                    operation.id,
                    cluster,
                    intent.resource(),
                    operation.dryRun(),
                    spec.syncPolicy().managedNamespaceMetadata());
        }
        if (SyncPlan.prunes(intent)) {
            return prune(operation, cluster, intent, uid, options.propagation(), false);
        }
        ResourceRendered rendered = known.manifests().manifest(intent.resource(), intent.digest());
        if (rendered == null) {
            return null;
        }
        SyncOptions own = options.of(rendered.manifest());
        return new SyncTask.Apply(
                operation.id,
                cluster,
                intent.resource(),
                rendered.manifest(),
                rendered.sealed(),
                uid,
                intent.decidedOn(),
                known.basis(intent),
                operation.dryRun(),
                own.on("Replace"),
                own.on("Force"),
                options.on("RespectIgnoreDifferences") && !intent.decidedOn().isEmpty()
                        ? spec.ignoreDifferences()
                        : List.of(),
                options.on("FailOnSharedResource"));
    }

    static SyncTask.Prune prune(
            Operation operation,
            String cluster,
            ResourceResult intent,
            String uid,
            String propagation,
            boolean cascade) {
        return new SyncTask.Prune(
                operation.id,
                cluster,
                intent.resource(),
                intent.apiVersion(),
                uid,
                intent.decidedOn(),
                operation.dryRun(),
                propagation,
                cascade);
    }
}
