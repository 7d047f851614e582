package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said on `commands`, keyed by application: somebody asked for something.
public sealed interface CommandEvent extends Event {
    ApplicationName application();

    /// Who asked: a user name, or `automated sync`, or the name of the field manager that wrote `.operation`.
    String requestedBy();

    @Override
    default String key() {
        return application().toString();
    }

    @EventType("sync-requested.v1")
    @JsonClassDescription("Somebody asked for a sync.")
    record SyncRequested(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription(
                    "Id of the request and of the operation it starts: the same request twice is one operation.")
            String id,

            @JsonPropertyDescription("Who asked.") String requestedBy,

            @JsonPropertyDescription("Revision to sync to; absent for the one rendered last.") @Nullable
            String revision,

            @JsonPropertyDescription("Whether resources that left Git are deleted.")
            boolean prune,

            @JsonPropertyDescription("Whether everything is only tried, nothing written.")
            boolean dryRun,

            @JsonPropertyDescription("Only these resources, as group/Kind:namespace/name; empty for all.")
            List<ResourceId> resources,

            @JsonPropertyDescription("Sync options beside those of the spec.")
            List<String> syncOptions,

            @JsonPropertyDescription(
                    "Retry of this sync; absent for none (Argo CD: a manual sync does not retry unless told).")
            ApplicationSpec.@Nullable Retry retry,

            @JsonPropertyDescription(
                    "spec.source to render instead of that of the Application, as in the history; absent for that of the Application.")
            @Nullable
            JsonNode source,

            @JsonPropertyDescription(
                    "True when the manifests to apply were given with the request, as ManifestsGiven on revisions; else absent.")
            @Nullable
            Boolean manifestsGiven,

            @JsonPropertyDescription("Remarks of whoever asked, shown with the operation; absent for none.") @Nullable
            Map<String, String> infos,

            @JsonPropertyDescription(
                    "How it is applied; absent for a sync with hooks that deletes nothing to change it.")
            @Nullable
            Strategy strategy)
            implements CommandEvent {
        /// How a sync applies what differs.
        public record Strategy(
                @JsonPropertyDescription("`hook` when hooks are part of the sync, `apply` when they are left out.")
                String kind,

                @JsonPropertyDescription("Whether objects that cannot be changed are deleted and created anew.")
                boolean force) {
            public static final String APPLY = "apply";
            public static final String HOOK = "hook";

            public Strategy {
                if (!APPLY.equals(kind) && !HOOK.equals(kind)) {
                    throw new IllegalArgumentException("the strategy of a sync is apply or hook, not " + kind);
                }
            }
        }

        /// A sync of the source that the Application has.
        public SyncRequested(
                ApplicationName application,
                String id,
                String requestedBy,
                @Nullable String revision,
                boolean prune,
                boolean dryRun,
                List<ResourceId> resources,
                List<String> syncOptions,
                ApplicationSpec.@Nullable Retry retry) {
            this(application, id, requestedBy, revision, prune, dryRun, resources, syncOptions, retry, null, null);
        }

        /// Without remarks and a strategy.
        public SyncRequested(
                ApplicationName application,
                String id,
                String requestedBy,
                @Nullable String revision,
                boolean prune,
                boolean dryRun,
                List<ResourceId> resources,
                List<String> syncOptions,
                ApplicationSpec.@Nullable Retry retry,
                @Nullable JsonNode source,
                @Nullable Boolean manifestsGiven) {
            this(
                    application,
                    id,
                    requestedBy,
                    revision,
                    prune,
                    dryRun,
                    resources,
                    syncOptions,
                    retry,
                    source,
                    manifestsGiven,
                    null,
                    null);
        }

        public SyncRequested {
            Check.given("application", application);
            Check.present("id", id);
            requestedBy = requestedBy == null ? "" : requestedBy;
            resources = resources == null ? List.of() : List.copyOf(resources);
            syncOptions = syncOptions == null ? List.of() : List.copyOf(syncOptions);
            source = source == null || source.isNull() ? null : source;
            manifestsGiven = Boolean.TRUE.equals(manifestsGiven) ? true : null;
            infos = infos == null || infos.isEmpty() ? null : Collections.unmodifiableMap(new LinkedHashMap<>(infos));
        }

        /// Whether the manifests to apply came with the request.
        @JsonIgnore
        public boolean local() {
            return manifestsGiven != null;
        }

        /// Whether hooks are left out because the request says so.
        @JsonIgnore
        public boolean withoutHooks() {
            return strategy != null && strategy.kind().equals(Strategy.APPLY);
        }

        /// Whether objects that cannot be changed are deleted and created anew.
        @JsonIgnore
        public boolean forced() {
            return strategy != null && strategy.force();
        }

        /// Whether something else than the newest render may be meant.
        ///
        /// @param target the revision that the Application follows
        public boolean elsewhere(String target) {
            return local() || source != null || (revision != null && !revision.isEmpty() && !revision.equals(target));
        }
    }

    @EventType("refresh-requested.v1")
    @JsonClassDescription("Somebody asked to look at Git again.")
    record RefreshRequested(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Who asked.") String requestedBy,

            @JsonPropertyDescription("Whether what was remembered of earlier renders is forgotten first.")
            boolean hard)
            implements CommandEvent {
        public RefreshRequested {
            Check.given("application", application);
            requestedBy = requestedBy == null ? "" : requestedBy;
        }
    }

    @EventType("terminate-requested.v1")
    @JsonClassDescription("Somebody asked to end the running operation.")
    record TerminateRequested(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Who asked.") String requestedBy)
            implements CommandEvent {
        public TerminateRequested {
            Check.given("application", application);
            requestedBy = requestedBy == null ? "" : requestedBy;
        }
    }
}
