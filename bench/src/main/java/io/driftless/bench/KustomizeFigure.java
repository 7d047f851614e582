package io.driftless.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One figure about rendering, beside the kustomize binary where the machine has it. All times are CPU milliseconds;
/// the names that other figures have too mean the same here, with the binary as the floor.
///
/// @param name of the figure
/// @param p50Millis CPU of the rendering thread, warm, for the whole of the figure
/// @param floorMillis CPU of the binary for the same in the same run, user and system
/// @param ratio p50 divided by the floor
/// @param cpuMillis p50 once more, by the name that says what it is
/// @param processCpuMillis mean of a warm run with what the JVM does beside: collecting garbage, compiling
/// @param binaryCpuMillis the floor once more
/// @param timesCheaperThanBinary the floor divided by p50
/// @param resources how many objects the result has
/// @param allocatedMiB what one run allocates in all
/// @param peakHeapMiB the most heap in use during a cold run in a JVM of its own that may use `heapLimitMiB`
/// @param loadAverage of the machine when the figure was done
public record KustomizeFigure(
        String name,
        double p50Millis,
        double p90Millis,
        double p99Millis,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double floorMillis,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double ratio,
        double cpuMillis,
        double processCpuMillis,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double binaryCpuMillis,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double timesCheaperThanBinary,
        int resources,
        int samples,
        double allocatedMiB,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double peakHeapMiB,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer heapLimitMiB,
        double loadAverage) {

    static KustomizeFigure of(
            String name,
            KustomizeSamples samples,
            @Nullable Double binary,
            @Nullable Double peak,
            @Nullable Integer limit,
            double load) {
        double p50 = Figure.percentile(samples.millis(), 50);
        return new KustomizeFigure(
                name,
                round(p50),
                round(Figure.percentile(samples.millis(), 90)),
                round(Figure.percentile(samples.millis(), 99)),
                binary == null ? null : round(binary),
                binary == null ? null : round(p50 / binary),
                round(p50),
                round(samples.processMillis()),
                binary == null ? null : round(binary),
                binary == null ? null : Math.round(binary / p50 * 10) / 10.0,
                samples.resources(),
                samples.millis().size(),
                Math.round(samples.allocatedMiB() * 10) / 10.0,
                peak,
                limit,
                Math.round(load * 100) / 100.0);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
