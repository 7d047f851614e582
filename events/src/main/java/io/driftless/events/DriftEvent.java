package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said on `drift`, keyed by application.
public sealed interface DriftEvent extends Event {
    ApplicationName application();

    @Override
    default String key() {
        return application().toString();
    }

    /// A field that differs.
    record FieldDifference(
            @JsonPropertyDescription("RFC 6901 pointer of the field.")
            String path,

            @JsonPropertyDescription("The value Git wants; absent when the field should not be there.") @Nullable
            JsonNode desired,

            @JsonPropertyDescription("The value the cluster holds; absent when the field is missing.") @Nullable
            JsonNode live) {
        public FieldDifference {
            Check.given("path", path);
        }
    }

    /// What is true of one resource. `exists` false with `wanted` true is to be created, `wanted` false is to be
    /// pruned.
    record ResourceVerdict(
            @JsonPropertyDescription("The resource, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("apiVersion of the desired manifest, or of the live object where Git holds none.")
            String apiVersion,

            @JsonPropertyDescription("Synced, OutOfSync or Unknown.")
            SyncStatus status,

            @JsonPropertyDescription("Whether Git holds it.")
            boolean wanted,

            @JsonPropertyDescription("Whether the cluster holds it.")
            boolean exists,

            @JsonPropertyDescription("Its health; Missing where it should exist and does not.")
            Health health,

            @JsonPropertyDescription("uid of the live object; empty when there is none.")
            String uid,

            @JsonPropertyDescription(
                    "resourceVersion of the live object the verdict is about; empty when there is none.")
            String resourceVersion,

            @JsonPropertyDescription("Digest of the desired manifest; empty when Git holds none.")
            String digest,

            @JsonPropertyDescription("Sync wave.") int syncWave,

            @JsonPropertyDescription("Fields that differ, the first hundred.")
            List<FieldDifference> differences,

            @JsonPropertyDescription("Whether it is being deleted already.")
            boolean deleting,

            @JsonPropertyDescription(
                    "Digest of the live object's generation, labels and annotations: while it is the same, only status"
                            + " changed. Absent where nothing is to be written, or where the kind counts no generations.")
            @Nullable
            String basis) {
        public ResourceVerdict {
            Check.given("resource", resource);
            Check.given("status", status);
            Check.given("health", health);
            uid = uid == null ? "" : uid;
            resourceVersion = resourceVersion == null ? "" : resourceVersion;
            digest = digest == null ? "" : digest;
            differences = differences == null ? List.of() : List.copyOf(differences);
            basis = basis == null || basis.isEmpty() ? null : basis;
        }

        /// Whether it should go: Git no longer holds it, the cluster does.
        public boolean toPrune() {
            return !wanted && exists;
        }
    }

    @EventType("application-compared.v1")
    @JsonClassDescription("Desired and live state of an application were compared.")
    record ApplicationCompared(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Generation of the spec.")
            long generation,

            @JsonPropertyDescription("Commit id the comparison is with; empty when nothing was rendered yet.")
            String revision,

            @JsonPropertyDescription(
                    "Digest of the render the comparison is with; empty when nothing was rendered yet.")
            String render,

            @JsonPropertyDescription("API server URL of the destination; empty when it is not known.")
            String cluster,

            @JsonPropertyDescription("Synced, OutOfSync or Unknown.")
            SyncStatus status,

            @JsonPropertyDescription("Health of the application: that of its worst resource.")
            Health health,

            @JsonPropertyDescription("Every resource that Git or the cluster holds for it.")
            List<ResourceVerdict> resources,

            @JsonPropertyDescription("Errors and warnings in force.")
            List<Condition> conditions)
            implements DriftEvent {
        public ApplicationCompared {
            Check.given("application", application);
            revision = revision == null ? "" : revision;
            render = render == null ? "" : render;
            cluster = cluster == null ? "" : cluster;
            Check.given("status", status);
            Check.given("health", health);
            resources = resources == null ? List.of() : List.copyOf(resources);
            conditions = conditions == null ? List.of() : List.copyOf(conditions);
        }
    }
}
