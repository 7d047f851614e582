package io.driftless.demo;

import java.util.Map;

/// What `demo --once` prints: how long a commit took to be live, how long drift took to be healed
/// (milliseconds), and where everything is.
public record DemoReport(
        double commitToLiveMillis,
        double driftToHealedMillis,
        double firstSyncedMillis,
        Map<String, Integer> events,
        Map<String, Double> stages,
        String kafka,
        String web,
        String repository,
        String kubeconfig) {}
