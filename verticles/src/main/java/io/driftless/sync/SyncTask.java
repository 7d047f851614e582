package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.ApplicationSpec.IgnoreDifferences;
import io.driftless.events.ApplicationSpec.NamespaceMetadata;
import io.driftless.events.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One write to a cluster, with the state of the object it was decided on.
public sealed interface SyncTask {
    /// Id of the operation it belongs to.
    String operation();

    /// API server URL.
    String cluster();

    ResourceId resource();

    /// resourceVersion of the live object that the write was decided on; empty when there was none.
    String decidedOn();

    boolean dryRun();

    /// Makes an object what Git says.
    ///
    /// @param manifest the manifest; values of Secrets are replaced by digests where `sealed` is given
    /// @param sealed the manifest in clear, sealed; null where the manifest is clear already
    /// @param uid uid of the live object; empty when there is none
    /// @param replace whether the whole object is replaced (option `Replace=true`) rather than applied
    /// @param force whether what cannot be changed is deleted and created anew (option `Force=true`)
    /// @param keep differences to leave as they are in the cluster (option `RespectIgnoreDifferences=true`)
    /// @param basis [io.driftless.objects.Basis] of the live object; empty where every change of it counts
    /// @param exclusive whether an object of another Application is left alone (option `FailOnSharedResource=true`)
    record Apply(
            String operation,
            String cluster,
            ResourceId resource,
            JsonNode manifest,
            @Nullable String sealed,
            String uid,
            String decidedOn,
            String basis,
            boolean dryRun,
            boolean replace,
            boolean force,
            List<IgnoreDifferences> keep,
            boolean exclusive)
            implements SyncTask {
        public Apply {
            keep = List.copyOf(keep);
        }

        /// Whether the object did not exist when the write was decided.
        public boolean creates() {
            return decidedOn.isEmpty();
        }
    }

    /// Deletes an object, unless its own annotations say that it stays.
    ///
    /// @param propagation `Foreground`, `Background` or `Orphan`
    /// @param cascade true when the Application is being deleted, false when Git no longer holds the object
    record Prune(
            String operation,
            String cluster,
            ResourceId resource,
            String apiVersion,
            String uid,
            String decidedOn,
            boolean dryRun,
            String propagation,
            boolean cascade)
            implements SyncTask {}

    /// Makes sure that the destination namespace exists (option `CreateNamespace=true`).
    record EnsureNamespace(
            String operation,
            String cluster,
            ResourceId resource,
            boolean dryRun,
            @Nullable NamespaceMetadata metadata) implements SyncTask {
        @Override
        public String decidedOn() {
            return "";
        }
    }
}
