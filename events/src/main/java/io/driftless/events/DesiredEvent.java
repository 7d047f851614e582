package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said on `desired`: one record per resource (key application and resource), one that closes a render (key the
/// application alone) and one that says why the last render failed (key application and `!failed`).
public sealed interface DesiredEvent extends Event {
    ApplicationName application();

    @EventType("resource-rendered.v1")
    @JsonClassDescription("A resource as Git wants it. It counts once a ManifestsRendered lists its digest.")
    record ResourceRendered(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("The resource, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("apiVersion the manifest is written in.")
            String apiVersion,

            @JsonPropertyDescription("Digest of the manifest in clear, so of what is applied.")
            String digest,

            @JsonPropertyDescription("The manifest; values of Secrets are replaced by digests.")
            JsonNode manifest,

            @JsonPropertyDescription(
                    "The manifest in clear, sealed for the sync stage; only where the manifest was redacted.")
            @Nullable
            String sealed,

            @JsonPropertyDescription("Sync wave (argocd.argoproj.io/sync-wave).")
            int syncWave,

            @JsonPropertyDescription("Hook types (argocd.argoproj.io/hook), empty for ordinary resources.")
            List<String> hooks)
            implements DesiredEvent {
        public ResourceRendered {
            Check.given("application", application);
            Check.given("resource", resource);
            Check.present("apiVersion", apiVersion);
            Check.present("digest", digest);
            Check.given("manifest", manifest);
            hooks = hooks == null ? List.of() : List.copyOf(hooks);
        }

        @Override
        public String key() {
            return RecordKey.of(application.toString(), resource.toString());
        }
    }

    /// One line of the list that closes a render.
    record RenderedResource(
            @JsonPropertyDescription("The resource, as group/Kind:namespace/name.")
            ResourceId resource,

            @JsonPropertyDescription("The digest its ResourceRendered must have for the render to count.")
            String digest) {
        public RenderedResource {
            Check.given("resource", resource);
            Check.present("digest", digest);
        }
    }

    /// The commit that was rendered.
    record Commit(
            @JsonPropertyDescription("Author as Name <address>; may be empty.")
            String author,

            @JsonPropertyDescription("First line of the message; may be empty.")
            String subject,

            @JsonPropertyDescription("Commit time, seconds since 1970.")
            long epochSeconds) {
        public Commit {
            author = author == null ? "" : author;
            subject = subject == null ? "" : subject;
        }
    }

    @EventType("manifests-rendered.v1")
    @JsonClassDescription("A render is complete: these are all resources of the application at this revision.")
    record ManifestsRendered(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("uid of the Application that was rendered.")
            String uid,

            @JsonPropertyDescription("Generation of the spec that was rendered.")
            long generation,

            @JsonPropertyDescription("URL of the repository as the spec writes it.")
            String repository,

            @JsonPropertyDescription("Path inside the repository.")
            String path,

            @JsonPropertyDescription("Branch, tag or commit that was asked for.")
            String targetRevision,

            @JsonPropertyDescription("Commit id that was rendered.")
            String revision,

            @JsonPropertyDescription("Directory or Kustomize (Argo CD: status.sourceType).")
            String sourceType,

            @JsonPropertyDescription("About the commit.") Commit commit,

            @JsonPropertyDescription("Digest of the list of resources: the same for the same result.")
            String digest,

            @JsonPropertyDescription("Every resource with its digest.")
            List<RenderedResource> resources,

            @JsonPropertyDescription("Warnings that the render gave.")
            List<Condition> conditions,

            @JsonPropertyDescription("Microseconds that the fetch took; 0 when nothing had to be fetched.")
            long fetchMicros,

            @JsonPropertyDescription("Microseconds that the render took.")
            long renderMicros,

            @JsonPropertyDescription(
                    "Grows with every render of the application. A record whose number is not higher than that of the render in force was said late, by an instance that no longer renders the application, and does not count. Absent or 0 when the writer does not count.")
            @Nullable
            Long sequence)
            implements DesiredEvent {
        public ManifestsRendered {
            Check.given("application", application);
            Check.present("revision", revision);
            Check.present("digest", digest);
            uid = uid == null ? "" : uid;
            commit = commit == null ? new Commit("", "", 0) : commit;
            resources = List.copyOf(Check.given("resources", resources));
            conditions = conditions == null ? List.of() : List.copyOf(conditions);
            Check.notNegative("sequence", sequence == null ? 0 : sequence);
        }

        /// A render that is not numbered.
        public ManifestsRendered(
                ApplicationName application,
                String uid,
                long generation,
                String repository,
                String path,
                String targetRevision,
                String revision,
                String sourceType,
                Commit commit,
                String digest,
                List<RenderedResource> resources,
                List<Condition> conditions,
                long fetchMicros,
                long renderMicros) {
            this(
                    application,
                    uid,
                    generation,
                    repository,
                    path,
                    targetRevision,
                    revision,
                    sourceType,
                    commit,
                    digest,
                    resources,
                    conditions,
                    fetchMicros,
                    renderMicros,
                    null);
        }

        @Override
        public String key() {
            return application.toString();
        }

        /// The number of the render; 0 when its writer does not count.
        @JsonIgnore
        public long number() {
            return sequence == null ? 0 : sequence;
        }

        /// Whether this render takes the place of another one that is in force.
        public boolean supersedes(@Nullable ManifestsRendered other) {
            return other == null || number() == 0 || number() > other.number() || !uid.equals(other.uid);
        }
    }

    @EventType("render-failed.v1")
    @JsonClassDescription(
            "The newest revision could not be rendered; the last good render stays in force. A later ManifestsRendered ends it.")
    record RenderFailed(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Generation of the spec that was tried.")
            long generation,

            @JsonPropertyDescription("Commit id that was tried; absent when none was found.") @Nullable
            String revision,

            @JsonPropertyDescription("What is wrong: file, line and remedy.")
            List<Condition> conditions)
            implements DesiredEvent {
        /// The part of the key that keeps it apart from the good render.
        public static final String DETAIL = "!failed";

        public RenderFailed {
            Check.given("application", application);
            conditions = List.copyOf(Check.given("conditions", conditions));
        }

        @Override
        public String key() {
            return RecordKey.of(application.toString(), DETAIL);
        }
    }
}
