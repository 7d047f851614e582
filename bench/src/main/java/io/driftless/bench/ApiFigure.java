package io.driftless.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One figure about the API, beside its floor of the same run. Fields that a figure does not have are absent.
///
/// @param applications how many there were
/// @param perSecond calls answered in a second
/// @param floorPerSecond those of a bare server
/// @param floorMillis the median of the floor
/// @param floorP99Millis its 99th percentile, which tells how much of ours is the machine's
/// @param compared which of the times the ratio is about: `rate`, `p50` or `p99`
/// @param ratio ours by the floor
/// @param ratioOfP99s both at their 99th percentile: what remains of it on a machine that does much else
/// @param target what the ratio should be
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiFigure(
        String name,
        int applications,
        @Nullable Double perSecond,
        @Nullable Double floorPerSecond,
        @Nullable Double p50Millis,
        @Nullable Double p90Millis,
        @Nullable Double p99Millis,
        @Nullable Double floorMillis,
        @Nullable Double floorP99Millis,
        String compared,
        double ratio,
        @Nullable Double ratioOfP99s,
        String target,
        boolean met,
        double loadAverage) {}
