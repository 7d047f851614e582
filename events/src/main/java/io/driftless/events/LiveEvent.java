package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What is said on `live`: what a cluster really holds for each tracked resource (key application
/// and resource; a tombstone says that the object is gone), and, to every application of each
/// partition, how far a cluster has been seen.
public sealed interface LiveEvent extends Event {

    /// API server URL of the cluster, as `clusters` names it.
    String cluster();

    @EventType("resource-observed.v1")
    @JsonClassDescription("A cluster holds this object for this application.")
    record ResourceObserved(
            @JsonPropertyDescription("The Application that the tracking id names, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("API server URL of the cluster.")
            String cluster,

            @JsonPropertyDescription("The resource, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("apiVersion the object was read in.")
            String apiVersion,

            @JsonPropertyDescription("metadata.uid.") String uid,

            @JsonPropertyDescription("metadata.resourceVersion.")
            String resourceVersion,

            @JsonPropertyDescription("The object; values of Secrets are replaced by digests.")
            JsonNode object,

            @JsonPropertyDescription("Its health.") Health health)
            implements LiveEvent {
        public ResourceObserved {
            Check.given("application", application);
            Check.given("resource", resource);
            Check.present("cluster", cluster);
            Check.present("resourceVersion", resourceVersion);
            Check.given("object", object);
            Check.given("health", health);
        }

        @Override
        public String key() {
            return key(application, cluster, resource);
        }

        /// The key of the record about this resource on this cluster.
        public static String key(ApplicationName application, String cluster, ResourceId resource) {
            return RecordKey.of(application.toString(), cluster + '|' + resource);
        }
    }

    @EventType("cluster-observed.v1")
    @JsonClassDescription(
            "Everything tracked of these kinds on this cluster has been published: what is absent from live is absent from the cluster.")
    record ClusterObserved(
            @JsonPropertyDescription("API server URL of the cluster.")
            String cluster,

            @JsonPropertyDescription("Kinds whose objects are all known, as group/Kind.")
            List<GroupKind> kinds,

            @JsonPropertyDescription("Kinds that the cluster does not serve, as group/Kind.")
            List<GroupKind> unknownKinds)
            implements LiveEvent {
        public ClusterObserved {
            Check.present("cluster", cluster);
            kinds = List.copyOf(Check.given("kinds", kinds));
            unknownKinds = unknownKinds == null ? List.of() : List.copyOf(unknownKinds);
        }

        @Override
        public String key() {
            return RecordKey.of(RecordKey.EVERYONE, cluster);
        }
    }

    @EventType("cluster-unreachable.v1")
    @JsonClassDescription("The cluster does not answer; what was seen of it may be old.")
    record ClusterUnreachable(
            @JsonPropertyDescription("API server URL of the cluster.")
            String cluster,

            @JsonPropertyDescription("Why, in words.") String reason)
            implements LiveEvent {
        public ClusterUnreachable {
            Check.present("cluster", cluster);
            reason = reason == null ? "" : reason;
        }

        @Override
        public String key() {
            return RecordKey.of(RecordKey.EVERYONE, cluster);
        }
    }
}
