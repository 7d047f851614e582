package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said on `children`: what exists below the resources that an application deployed, such as the ReplicaSets
/// and Pods of a Deployment (key application, cluster and resource; a tombstone says that the object is gone). Nothing
/// is decided from it, it is for showing.
public sealed interface ChildEvent extends Event {

    @EventType("child-observed.v1")
    @JsonClassDescription(
            "A cluster holds this object, whose owners lead to a resource that this application deployed.")
    record ChildObserved(
            @JsonPropertyDescription("The Application that deployed the resource at the top, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("API server URL of the cluster.")
            String cluster,

            @JsonPropertyDescription("The object, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("apiVersion the object was read in.")
            String apiVersion,

            @JsonPropertyDescription("metadata.uid.") String uid,

            @JsonPropertyDescription(
                    "metadata.resourceVersion when one of the other fields changed last; the object may be newer.")
            String resourceVersion,

            @JsonPropertyDescription("metadata.creationTimestamp.")
            String createdAt,

            @JsonPropertyDescription("The objects it belongs to.")
            List<Owner> owners,

            @JsonPropertyDescription("Its health.") Health health,

            @JsonPropertyDescription("What a person wants to know of it, such as how many containers are ready.")
            List<Info> info,

            @JsonPropertyDescription("Images of its containers.")
            List<String> images,

            @JsonPropertyDescription(
                    "How traffic finds it or goes on from it, in the shape of a resource tree's networkingInfo; absent where there is none.")
            @Nullable
            JsonNode networking)
            implements ChildEvent {
        public ChildObserved {
            Check.given("application", application);
            Check.present("cluster", cluster);
            Check.given("resource", resource);
            Check.present("uid", uid);
            Check.given("health", health);
            apiVersion = apiVersion == null ? "" : apiVersion;
            resourceVersion = resourceVersion == null ? "" : resourceVersion;
            createdAt = createdAt == null ? "" : createdAt;
            owners = List.copyOf(Check.given("owners", owners));
            info = info == null ? List.of() : List.copyOf(info);
            images = images == null ? List.of() : List.copyOf(images);
        }

        @Override
        public String key() {
            return RecordKey.of(application.toString(), cluster + '|' + resource);
        }
    }

    /// An object that another belongs to.
    record Owner(
            @JsonPropertyDescription("Its apiVersion.") String apiVersion,

            @JsonPropertyDescription("The owner, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("Its metadata.uid.") String uid) {
        public Owner {
            Check.given("resource", resource);
        }
    }

    /// A name and a value, for people.
    record Info(
            @JsonPropertyDescription("What is told, such as Containers.")
            String name,

            @JsonPropertyDescription("In words or figures, such as 1/2.")
            String value) {
        public Info {
            Check.present("name", name);
        }
    }
}
