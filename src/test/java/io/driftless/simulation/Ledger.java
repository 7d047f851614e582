package io.driftless.simulation;

import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.notification.Notification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What people did and were promised, kept outside of the pipeline.
final class Ledger {
    /// Requests that were acknowledged, by id.
    final Map<String, SyncRequested> requests = new LinkedHashMap<>();
    /// Editions of the policy of each Application: whether one of them allowed to prune, or to remove everything.
    final Map<String, List<Policy>> policies = new HashMap<>();
    /// How often each notification was told.
    final Map<String, Integer> told = new LinkedHashMap<>();
    /// Instances that lost what they knew.
    int losses;

    record Policy(boolean automated, boolean prune, boolean selfHeal, boolean allowEmpty, boolean ignoreSize) {}

    void policy(String application, Policy policy) {
        policies.computeIfAbsent(application, _ -> new ArrayList<>()).add(policy);
    }

    Policy latest(String application) {
        return policies.getOrDefault(application, List.of(new Policy(false, false, false, false, false)))
                .getLast();
    }

    boolean ever(String application, java.util.function.Predicate<Policy> rule) {
        return policies.getOrDefault(application, List.of()).stream().anyMatch(rule);
    }

    void told(Notification notification) {
        told.merge(notification.idempotencyKey(), 1, Integer::sum);
    }
}
