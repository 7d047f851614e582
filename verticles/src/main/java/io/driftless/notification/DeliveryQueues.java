package io.driftless.notification;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What waits to be delivered about one application: a queue for each subscription and trigger.
final class DeliveryQueues {
    private final Map<String, DeliveryQueue> queues = new LinkedHashMap<>();

    /// Made when missing.
    DeliveryQueue at(String key) {
        return queues.computeIfAbsent(key, k -> new DeliveryQueue());
    }

    @Nullable
    DeliveryQueue get(String key) {
        return queues.get(key);
    }

    List<Notification> due(Instant now) {
        return queues.values().stream()
                .flatMap(queue -> queue.due(now).stream())
                .toList();
    }

    @Nullable
    Instant nextRetry() {
        Instant next = null;
        for (DeliveryQueue queue : queues.values()) {
            Instant retry = queue.retryAt();
            next = next == null || retry != null && retry.isBefore(next) ? retry : next;
        }
        return next;
    }

    boolean idle() {
        return queues.values().stream().allMatch(DeliveryQueue::isEmpty);
    }

    boolean busy(String key) {
        DeliveryQueue queue = queues.get(key);
        return queue != null && !queue.isEmpty();
    }
}
