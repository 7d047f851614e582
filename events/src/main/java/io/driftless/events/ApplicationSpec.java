package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of `Application.spec` (argoproj.io/v1alpha1) that the pipeline works with, under Argo
/// CD's field names. Fields it does not know are ignored here and kept in the document beside it.
public record ApplicationSpec(
        @JsonPropertyDescription("The AppProject it belongs to.")
        String project,

        @JsonPropertyDescription("Where its manifests come from.")
        Source source,

        @JsonPropertyDescription("Where its resources go.") Destination destination,

        @JsonPropertyDescription("When and how it is synced.")
        SyncPolicy syncPolicy,

        @JsonPropertyDescription("Differences that do not count as drift.")
        List<IgnoreDifferences> ignoreDifferences,

        @JsonPropertyDescription("How many entries status.history keeps.")
        int revisionHistoryLimit) {
    public static final int DEFAULT_HISTORY = 10;

    public ApplicationSpec {
        project = project == null || project.isEmpty() ? "default" : project;
        Check.given("source", source);
        Check.given("destination", destination);
        syncPolicy = syncPolicy == null ? SyncPolicy.MANUAL : syncPolicy;
        ignoreDifferences = ignoreDifferences == null ? List.of() : List.copyOf(ignoreDifferences);
        Check.notNegative("revisionHistoryLimit", revisionHistoryLimit);
    }

    /// One source of manifests: a path of a Git repository at a revision.
    public record Source(
            @JsonPropertyDescription("URL of the Git repository.")
            String repoURL,

            @JsonPropertyDescription("Directory inside the repository; . is its root.")
            String path,

            @JsonPropertyDescription("Branch, tag, commit or HEAD.")
            String targetRevision,

            @JsonPropertyDescription("Options of a directory of plain manifests.")
            Directory directory,

            @JsonPropertyDescription("spec.source.kustomize as written; absent when not given.") @Nullable
            JsonNode kustomize) {
        public Source {
            Check.present("source.repoURL", repoURL);
            path = path == null || path.isEmpty() ? "." : path;
            targetRevision = targetRevision == null || targetRevision.isEmpty() ? "HEAD" : targetRevision;
            directory = directory == null ? Directory.PLAIN : directory;
        }
    }

    /// Options of a directory of plain manifests (Argo CD: `spec.source.directory`).
    public record Directory(
            @JsonPropertyDescription("Whether directories below are read too.")
            boolean recurse,

            @JsonPropertyDescription("Glob of the files to read; empty for all.")
            String include,

            @JsonPropertyDescription("Glob of the files to leave out; empty for none.")
            String exclude) {
        public static final Directory PLAIN = new Directory(false, "", "");

        public Directory {
            include = include == null ? "" : include;
            exclude = exclude == null ? "" : exclude;
        }
    }

    /// The cluster, by server URL or by name, and the namespace of objects that name none.
    public record Destination(
            @JsonPropertyDescription("API server URL; empty when the cluster is given by name.")
            String server,

            @JsonPropertyDescription("Name of the cluster; empty when it is given by server.")
            String name,

            @JsonPropertyDescription("Namespace of namespaced objects that name none; may be empty.")
            String namespace) {
        public static final String IN_CLUSTER = "https://kubernetes.default.svc";

        public Destination {
            server = server == null ? "" : server;
            name = name == null ? "" : name;
            namespace = namespace == null ? "" : namespace;
        }
    }

    /// When and how an application is synced.
    public record SyncPolicy(
            @JsonPropertyDescription("Automated sync; absent for manual sync only.") @Nullable
            Automated automated,

            @JsonPropertyDescription("Options written Name=value, such as CreateNamespace=true.")
            List<String> syncOptions,

            @JsonPropertyDescription("How often and how fast a failed sync is retried; absent for the default.")
            @Nullable
            Retry retry,

            @JsonPropertyDescription("Labels and annotations of the namespace that CreateNamespace=true makes.")
            @Nullable
            NamespaceMetadata managedNamespaceMetadata) {
        public static final SyncPolicy MANUAL = new SyncPolicy(null, List.of(), null, null);

        public SyncPolicy {
            syncOptions = syncOptions == null ? List.of() : List.copyOf(syncOptions);
        }

        /// Whether the option is given with the value `true`.
        public boolean option(String name) {
            return syncOptions.contains(name + "=true");
        }

        @JsonIgnore
        public boolean isAutomated() {
            return automated != null && automated.enabled();
        }
    }

    /// Automated sync (Argo CD: `spec.syncPolicy.automated`).
    public record Automated(
            @JsonPropertyDescription("Whether resources that left Git are deleted.")
            boolean prune,

            @JsonPropertyDescription("Whether changes made in the cluster are undone.")
            boolean selfHeal,

            @JsonPropertyDescription("Whether a render without any resource may prune everything.")
            boolean allowEmpty,

            @JsonPropertyDescription("False switches automated sync off while keeping its settings.")
            boolean enabled) {}

    /// Retry of failed syncs; durations in milliseconds.
    public record Retry(
            @JsonPropertyDescription("How many retries; negative for no limit.")
            int limit,

            @JsonPropertyDescription("Wait before the first retry, in milliseconds.")
            long durationMillis,

            @JsonPropertyDescription("By how much each wait is longer than the one before.")
            int factor,

            @JsonPropertyDescription("The longest wait, in milliseconds.")
            long maxDurationMillis,

            @JsonPropertyDescription("True when a retry takes the newest commit of the revision; else absent.")
            @Nullable
            Boolean refresh) {
        /// Of the commit that failed.
        public Retry(int limit, long durationMillis, int factor, long maxDurationMillis) {
            this(limit, durationMillis, factor, maxDurationMillis, null);
        }

        public Retry {
            refresh = Boolean.TRUE.equals(refresh) ? true : null;
            Check.notNegative("retry.durationMillis", durationMillis);
            Check.notNegative("retry.maxDurationMillis", maxDurationMillis);
        }
    }

    /// Metadata of the namespace that a sync creates.
    public record NamespaceMetadata(
            @JsonPropertyDescription("Labels to set.") Map<String, String> labels,
            @JsonPropertyDescription("Annotations to set.") Map<String, String> annotations) {
        public NamespaceMetadata {
            labels = labels == null ? Map.of() : Map.copyOf(labels);
            annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        }
    }

    /// Differences that do not count (Argo CD: `spec.ignoreDifferences`).
    public record IgnoreDifferences(
            @JsonPropertyDescription("API group of the objects meant; * for any.")
            String group,

            @JsonPropertyDescription("Kind of the objects meant; * for any.")
            String kind,

            @JsonPropertyDescription("Name of the object meant; empty for any.")
            String name,

            @JsonPropertyDescription("Namespace of the objects meant; empty for any.")
            String namespace,

            @JsonPropertyDescription("RFC 6901 pointers of fields that do not count.")
            List<String> jsonPointers,

            @JsonPropertyDescription("jq paths of fields that do not count.")
            List<String> jqPathExpressions,

            @JsonPropertyDescription("Fields owned by these field managers do not count.")
            List<String> managedFieldsManagers) {
        public IgnoreDifferences {
            group = group == null ? "" : group;
            kind = kind == null ? "" : kind;
            name = name == null ? "" : name;
            namespace = namespace == null ? "" : namespace;
            jsonPointers = jsonPointers == null ? List.of() : List.copyOf(jsonPointers);
            jqPathExpressions = jqPathExpressions == null ? List.of() : List.copyOf(jqPathExpressions);
            managedFieldsManagers = managedFieldsManagers == null ? List.of() : List.copyOf(managedFieldsManagers);
        }
    }
}
