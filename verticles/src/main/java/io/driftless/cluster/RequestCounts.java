package io.driftless.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How many requests were made to API servers, by Kubernetes verb (`get`, `list`, `watch`, `create`, `apply`, `patch`,
/// `update`, `delete`, `discover`).
public final class RequestCounts {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String verb) {
        counts.computeIfAbsent(verb, v -> new LongAdder()).increment();
    }

    /// The counts so far, by verb in alphabetical order.
    public Map<String, Long> byVerb() {
        Map<String, Long> result = new TreeMap<>();
        counts.forEach((verb, count) -> result.put(verb, count.sum()));
        return result;
    }
}
