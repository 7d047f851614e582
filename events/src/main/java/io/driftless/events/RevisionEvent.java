package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import java.util.List;

/// What is said on `revisions`: what the running operation applies where that is not the newest
/// render. One record per resource (key application and resource), one that closes the render or
/// says why there is none (key the application alone), and manifests that somebody gave with his
/// request (key application and `!given/` and the operation). All of it is withdrawn when the
/// operation is over.
public sealed interface RevisionEvent extends Event {
    ApplicationName application();

    @EventType("manifests-given.v1")
    @JsonClassDescription("Somebody gave the manifests that his sync is to apply.")
    record ManifestsGiven(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the request and of the operation it starts.")
            String operation,

            @JsonPropertyDescription("The manifests, a list of texts, sealed for the manifest stage.")
            String sealed)
            implements RevisionEvent {
        /// How the part of the key begins that keeps them apart from resources.
        public static final String DETAIL = "!given/";

        public ManifestsGiven {
            Check.given("application", application);
            Check.present("operation", operation);
            Check.noBar("operation", operation);
            Check.present("sealed", sealed);
        }

        @Override
        public String key() {
            return RecordKey.of(application.toString(), DETAIL + operation);
        }
    }

    @EventType("revision-resource-rendered.v1")
    @JsonClassDescription(
            "A resource as an operation is to make it. It counts once a RevisionRendered lists its digest.")
    record RevisionResourceRendered(
            @JsonPropertyDescription(
                    "The resource; what its ResourceRendered says of Git is said of the revision here.")
            ResourceRendered rendered)
            implements RevisionEvent {
        public RevisionResourceRendered {
            Check.given("rendered", rendered);
        }

        @Override
        public ApplicationName application() {
            return rendered.application();
        }

        @Override
        public String key() {
            return rendered.key();
        }
    }

    @EventType("revision-rendered.v1")
    @JsonClassDescription("The render that an operation waits for is complete.")
    record RevisionRendered(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation that it is for.")
            String operation,

            @JsonPropertyDescription("Commit id that was rendered; empty for manifests that were given.")
            String revision,

            @JsonPropertyDescription("Digest of the list of resources: the same for the same result.")
            String digest,

            @JsonPropertyDescription("Every resource with its digest.")
            List<RenderedResource> resources)
            implements RevisionEvent {
        public RevisionRendered {
            Check.given("application", application);
            Check.present("operation", operation);
            revision = revision == null ? "" : revision;
            Check.present("digest", digest);
            resources = List.copyOf(Check.given("resources", resources));
        }

        @Override
        public String key() {
            return application.toString();
        }
    }

    @EventType("revision-refused.v1")
    @JsonClassDescription("What an operation waits for cannot be rendered.")
    record RevisionRefused(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Id of the operation that it is for.")
            String operation,

            @JsonPropertyDescription("What is wrong: file, line and remedy.")
            List<Condition> conditions)
            implements RevisionEvent {
        public RevisionRefused {
            Check.given("application", application);
            Check.present("operation", operation);
            conditions = List.copyOf(Check.given("conditions", conditions));
        }

        @Override
        public String key() {
            return application.toString();
        }
    }
}
