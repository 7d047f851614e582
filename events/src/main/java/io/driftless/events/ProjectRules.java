package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the AppProject of an Application allows, as far as it concerns this one: entries about other clusters and sync
/// windows of other applications are left out, those of global projects are joined in. Whether source and destination
/// are allowed is settled before: an Application that names others is rejected.
public record ProjectRules(
        @JsonPropertyDescription("Cluster-scoped kinds that may be deployed; no others.")
        List<KindRule> clusterResourceWhitelist,

        @JsonPropertyDescription("Cluster-scoped kinds that may not be deployed.")
        List<KindRule> clusterResourceBlacklist,

        @JsonPropertyDescription("Namespaced kinds that may be deployed; absent for all, empty for none.") @Nullable
        List<KindRule> namespaceResourceWhitelist,

        @JsonPropertyDescription("Namespaced kinds that may not be deployed.")
        List<KindRule> namespaceResourceBlacklist,

        @JsonPropertyDescription(
                "Globs of namespaces of the destination cluster that may be deployed to; ! in front forbids.")
        List<String> namespaces,

        @JsonPropertyDescription("Sync windows that apply to this Application.")
        List<SyncWindow> syncWindows) {
    public ProjectRules {
        clusterResourceWhitelist = clusterResourceWhitelist == null ? List.of() : List.copyOf(clusterResourceWhitelist);
        clusterResourceBlacklist = clusterResourceBlacklist == null ? List.of() : List.copyOf(clusterResourceBlacklist);
        namespaceResourceWhitelist =
                namespaceResourceWhitelist == null ? null : List.copyOf(namespaceResourceWhitelist);
        namespaceResourceBlacklist =
                namespaceResourceBlacklist == null ? List.of() : List.copyOf(namespaceResourceBlacklist);
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        syncWindows = syncWindows == null ? List.of() : List.copyOf(syncWindows);
    }

    /// Kinds of objects, and of these perhaps only those with certain names (Argo CD: `group`, `kind`, `name`).
    public record KindRule(
            @JsonPropertyDescription("Glob of the API group.")
            String group,

            @JsonPropertyDescription("Glob of the kind.") String kind,

            @JsonPropertyDescription("Glob of the names; empty for all.")
            String name) {
        public KindRule {
            group = group == null ? "" : group;
            kind = kind == null ? "" : kind;
            name = name == null ? "" : name;
        }
    }

    /// A time in which syncs are allowed, or denied (Argo CD: `spec.syncWindows`).
    public record SyncWindow(
            @JsonPropertyDescription("True for a window in which syncs are allowed, false for one that denies them.")
            boolean allow,

            @JsonPropertyDescription(
                    "When it opens: minute, hour, day of month, month and day of week, as cron has it.")
            String schedule,

            @JsonPropertyDescription("How long it stays open, in milliseconds.")
            long durationMillis,

            @JsonPropertyDescription("Time zone of the schedule, such as Europe/Berlin.")
            String timeZone,

            @JsonPropertyDescription("Whether somebody may sync by hand though the window is in the way.")
            boolean manualSync,

            @JsonPropertyDescription("Whether a sync that runs when the window gets in the way may go on.")
            boolean syncOverrun) {
        public SyncWindow {
            Check.present("schedule", schedule);
            Check.notNegative("durationMillis", durationMillis);
            timeZone = timeZone == null || timeZone.isEmpty() ? "UTC" : timeZone;
        }
    }
}
