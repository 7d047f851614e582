package io.driftless.api;

import java.util.Map;

/// How this process is.
///
/// @param brokerReachable whether Kafka answers
/// @param stages whether each stage of this process is ready, by name
public record HealthReport(boolean brokerReachable, Map<String, Boolean> stages) {
    public HealthReport {
        stages = Map.copyOf(stages);
    }

    boolean ready() {
        return brokerReachable && stages.values().stream().allMatch(Boolean::booleanValue);
    }
}
