package io.driftless.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One figure about the sandbox, beside the real API server of the same run. Fields that a figure does not have, and
/// all that compare where there is no real server, are absent.
///
/// @param objects how many objects the sandbox held
/// @param rssMiB the most memory its process ever had
/// @param limitMiB what it may have
/// @param perSecond server-side applies in a second
/// @param realPerSecond those of the real server
/// @param p50Millis from the write to the last of the watchers
/// @param floorMillis the same on the real server
/// @param ratio ours by the real server's: applies should be at least 5, events at most 0.3
/// @param note why something is absent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SandboxFigure(
        String name,
        @Nullable Integer objects,
        @Nullable Double rssMiB,
        @Nullable Integer limitMiB,
        @Nullable Double perSecond,
        @Nullable Double realPerSecond,
        @Nullable Double p50Millis,
        @Nullable Double p90Millis,
        @Nullable Double p99Millis,
        @Nullable Double floorMillis,
        @Nullable Double ratio,
        double loadAverage,
        @Nullable String note) {}
