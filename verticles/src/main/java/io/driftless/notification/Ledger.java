package io.driftless.notification;

import io.driftless.events.DeliveryEvent;
import io.driftless.events.DeliveryEvent.NotificationDelivered;
import io.driftless.events.DeliveryEvent.NotificationFailed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was told: the table `deliveries` of one application, and what this instance added to it and has not
/// heard back yet.
final class Ledger {
    private static final int REMEMBERED = 8;
    private final Map<String, DeliveryEvent> records = new LinkedHashMap<>();
    private final Map<String, Set<String>> closed = new LinkedHashMap<>();

    /// Takes in a record, our own echo or from before a restart; null is a tombstone.
    void fold(String key, @Nullable DeliveryEvent event) {
        if (event == null) {
            records.remove(key);
            return;
        }
        records.put(key, event);
        if (event instanceof NotificationDelivered delivered) {
            close(key, delivered.transition());
        } else if (event instanceof NotificationFailed failed && failed.last()) {
            close(key, failed.transition());
        }
    }

    boolean has(String key) {
        return records.containsKey(key);
    }

    void forget(String key) {
        records.remove(key);
    }

    Set<String> keys() {
        return Set.copyOf(records.keySet());
    }

    /// Whether the transition was delivered or given up.
    boolean closed(String key, String transition) {
        return closed.getOrDefault(key, Set.of()).contains(transition);
    }

    /// The transition that the last record of the key is about; empty when there is none.
    String lastTransition(String key) {
        DeliveryEvent last = records.get(key);
        if (last instanceof NotificationDelivered delivered) {
            return delivered.transition();
        }
        return last instanceof NotificationFailed failed ? failed.transition() : "";
    }

    /// Attempts made for the transition before a restart.
    int attempts(String key, String transition) {
        return records.get(key) instanceof NotificationFailed failed
                        && failed.transition().equals(transition)
                ? failed.attempts()
                : 0;
    }

    private void close(String key, String transition) {
        Set<String> transitions = closed.computeIfAbsent(key, k -> new LinkedHashSet<>());
        transitions.add(transition);
        if (transitions.size() > REMEMBERED) {
            transitions.remove(transitions.iterator().next());
        }
    }
}
