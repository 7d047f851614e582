package io.driftless.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One measured figure beside the floor that was measured in the same run. Times in milliseconds;
/// counts that the system under test does not give are absent.
///
/// @param ratio p50 divided by the floor
/// @param aloneMillis p50 of an application alone in its repository, measured in the same run; absent where that is not
/// the subject
/// @param ratioToAlone p50 divided by that
/// @param apiRequests requests to the API server by verb, those of the benchmark itself not counted
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(
        String name,
        double p50Millis,
        double p90Millis,
        double p99Millis,
        double floorMillis,
        double ratio,
        @Nullable Double aloneMillis,
        @Nullable Double ratioToAlone,
        @Nullable Long renders,
        @Nullable Long fetches,
        @Nullable Double cpuSeconds,
        @Nullable Double peakRssMiB,
        @Nullable Map<String, Long> apiRequests) {

    static Figure of(String name, List<Double> samples, double floor, Usage usage) {
        return of(name, samples, floor, List.of(), usage);
    }

    /// @param alone samples of an application alone in its repository; empty where that is not the subject
    static Figure of(String name, List<Double> samples, double floor, List<Double> alone, Usage usage) {
        double p50 = percentile(samples, 50);
        return new Figure(
                name,
                round(p50),
                round(percentile(samples, 90)),
                round(percentile(samples, 99)),
                round(floor),
                floor == 0 ? 0 : round(p50 / floor),
                alone.isEmpty() ? null : round(percentile(alone, 50)),
                alone.isEmpty() ? null : round(p50 / percentile(alone, 50)),
                usage.renders(),
                usage.fetches(),
                usage.cpuSeconds(),
                usage.peakRssMiB(),
                usage.apiRequests());
    }

    /// The smallest sample that `percent` per cent of the samples do not exceed; 0 of none.
    static double percentile(List<Double> samples, int percent) {
        if (samples.isEmpty()) {
            return 0;
        }
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /// What the system under test used between two moments.
    record Usage(
            @Nullable Long renders,
            @Nullable Long fetches,
            @Nullable Double cpuSeconds,
            @Nullable Double peakRssMiB,
            @Nullable Map<String, Long> apiRequests) {
        static final Usage UNKNOWN = new Usage(null, null, null, null, null);
    }
}
