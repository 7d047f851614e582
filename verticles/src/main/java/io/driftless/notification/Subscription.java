package io.driftless.notification;

import java.util.Set;

/// Who is told what. Every application is meant.
///
/// @param name names it in events; without `|`
public record Subscription(String name, Set<Trigger> triggers, Receiver receiver) {
    /// What is told unless said otherwise.
    public static final Set<Trigger> USUAL = Set.of(
            Trigger.ON_SYNC_SUCCEEDED,
            Trigger.ON_SYNC_FAILED,
            Trigger.ON_HEALTH_DEGRADED,
            Trigger.ON_SYNC_STATUS_UNKNOWN,
            Trigger.ON_CREATED,
            Trigger.ON_DELETED,
            Trigger.ON_DEPLOYED);

    public Subscription {
        if (name.isBlank() || name.indexOf('|') >= 0 || name.startsWith("!")) {
            throw new IllegalArgumentException("a subscription needs a name without | that does not begin with !");
        }
        triggers = Set.copyOf(triggers);
    }
}
