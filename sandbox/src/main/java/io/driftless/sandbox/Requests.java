package io.driftless.sandbox;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests by verb.
final class Requests {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String verb) {
        counts.computeIfAbsent(verb, _ -> new LongAdder()).increment();
    }

    Map<String, Long> snapshot() {
        Map<String, Long> out = new TreeMap<>();
        counts.forEach((verb, count) -> out.put(verb, count.sum()));
        return out;
    }
}
