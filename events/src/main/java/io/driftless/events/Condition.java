package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// A condition of an Application: an error or a warning that its user must see (Argo CD: `status.conditions`).
public record Condition(
        @JsonPropertyDescription(
                "Argo CD's name of the condition, such as ComparisonError, InvalidSpecError, SyncError or RepeatedResourceWarning.")
        String type,

        @JsonPropertyDescription("What is wrong, where (file and line if known) and the remedy.")
        String message) {
    public static final String COMPARISON_ERROR = "ComparisonError";
    public static final String INVALID_SPEC_ERROR = "InvalidSpecError";
    public static final String SYNC_ERROR = "SyncError";
    public static final String DELETION_ERROR = "DeletionError";
    public static final String UNKNOWN_ERROR = "UnknownError";
    public static final String REPEATED_RESOURCE_WARNING = "RepeatedResourceWarning";
    public static final String SHARED_RESOURCE_WARNING = "SharedResourceWarning";
    public static final String ORPHANED_RESOURCE_WARNING = "OrphanedResourceWarning";
    public static final String EXCLUDED_RESOURCE_WARNING = "ExcludedResourceWarning";

    /// Ours: Applications deploy one another in a circle.
    public static final String APPLICATION_CYCLE_WARNING = "ApplicationCycleWarning";

    /// Ours: whoever may make Applications of the project can make himself administrator.
    public static final String OPEN_PROJECT_WARNING = "OpenProjectWarning";

    public Condition {
        Check.present("condition type", type);
        Check.given("condition message", message);
    }

    /// Argo CD counts a condition as an error when its type ends so.
    public boolean error() {
        return type.endsWith("Error");
    }
}
