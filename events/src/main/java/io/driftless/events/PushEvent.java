package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said on `pushes`, keyed by the normalised repository URL. A push is a hint: what a fetch finds is the truth.
public sealed interface PushEvent extends Event {

    /// How we know that a ref moved.
    enum Origin {
        @JsonProperty("webhook")
        WEBHOOK,
        @JsonProperty("poll")
        POLL,
        @JsonProperty("refresh")
        REFRESH
    }

    @EventType("repository-pushed.v1")
    @JsonClassDescription("A ref of a Git repository moved, or is said to have moved.")
    record RepositoryPushed(
            @JsonPropertyDescription(
                    "The repository, normalised: host and path in lower case, without scheme, user and .git.")
            String repository,

            @JsonPropertyDescription("The full name of the ref, such as refs/heads/main.")
            String ref,

            @JsonPropertyDescription("Object id before the push; absent when the ref is new or the sender did not say.")
            @Nullable
            String before,

            @JsonPropertyDescription(
                    "Object id after the push; absent when the ref was deleted or the sender did not say.")
            @Nullable
            String after,

            @JsonPropertyDescription("Paths that changed, when the host told us all of them; absent when unknown.")
            @Nullable
            List<String> changedPaths,

            @JsonPropertyDescription("How we know: webhook, poll or refresh.")
            Origin origin,

            @JsonPropertyDescription("Which kind of host sent it: github, gitlab, generic or driftless.")
            String provider)
            implements PushEvent {
        public RepositoryPushed {
            Check.present("repository", repository);
            Check.noBar("repository", repository);
            Check.present("ref", ref);
            Check.given("origin", origin);
            changedPaths = changedPaths == null ? null : List.copyOf(changedPaths);
            provider = provider == null ? "generic" : provider;
        }

        @Override
        public String key() {
            return repository;
        }
    }
}
