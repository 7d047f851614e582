package io.driftless.notification;

import io.driftless.events.DeliveryEvent;
import io.driftless.events.DeliveryEvent.NotificationDelivered;
import io.driftless.events.DeliveryEvent.NotificationFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The notifications of one subscription and trigger of an application: one at a time, in order, each tried a
/// bounded number of times with growing waits.
final class DeliveryQueue {
    static final int MOST_ATTEMPTS = 6;
    private static final int LONGEST = 20;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Deque<Notification> waiting = new ArrayDeque<>();
    private boolean running;
    private int attempts;
    private @Nullable Instant retryAt;

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Adds a notification; when too many wait, the oldest that is not being tried is given up and returned.
    Optional<Notification> add(Notification notification, int attemptsBefore) {
        if (waiting.isEmpty()) {
            attempts = attemptsBefore;
        }
        waiting.add(notification);
        if (waiting.size() <= LONGEST) {
            return Optional.empty();
        }
        Notification head = waiting.removeFirst();
        Notification dropped = waiting.removeFirst();
        waiting.addFirst(head);
        return Optional.of(dropped);
    }

    boolean contains(String transition) {
        return waiting.stream()
                .anyMatch(notification -> notification.transition().equals(transition));
    }

    /// The notification to try now, which then counts as being tried.
    Optional<Notification> due(Instant now) {
        if (running || waiting.isEmpty() || (retryAt != null && now.isBefore(retryAt))) {
            return Optional.empty();
        }
        running = true;
        retryAt = null;
        return Optional.of(waiting.getFirst());
    }

    /// When to look again; null when nothing waits for time to pass.
    @Nullable
    Instant retryAt() {
        return running ? null : retryAt;
    }

    /// Takes in what came of the attempt and says it; empty when it is about something else.
    Optional<DeliveryEvent> finished(DeliveryOutcome outcome, Instant now) {
        Notification head = waiting.peekFirst();
        if (head == null || !head.transition().equals(outcome.notification().transition())) {
            return Optional.empty();
        }
        running = false;
        attempts++;
        return Optional.of(
                switch (outcome) {
                    case DeliveryOutcome.Delivered(Notification told) -> {
                        next();
                        yield new NotificationDelivered(
                                told.application(),
                                told.subscription(),
                                told.trigger().toString(),
                                told.transition());
                    }
                    case DeliveryOutcome.NotDelivered(Notification missed, String reason, boolean permanent) -> {
                        boolean last = permanent || attempts >= MOST_ATTEMPTS;
                        NotificationFailed failed = failed(missed, attempts, reason, last);
                        retryAt = now.plus(waitAfter(attempts));
                        if (last) {
                            next();
                        }
                        yield failed;
                    }
                });
    }

    static NotificationFailed failed(Notification missed, int attempts, String reason, boolean last) {
        return new NotificationFailed(
                missed.application(),
                missed.subscription(),
                missed.trigger().toString(),
                missed.transition(),
                attempts,
                reason,
                last);
    }

    private void next() {
        waiting.removeFirst();
        attempts = 0;
        retryAt = null;
    }

    private static Duration waitAfter(int attempts) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
