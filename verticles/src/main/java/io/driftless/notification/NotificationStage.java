package io.driftless.notification;

import io.driftless.events.Topic;
import io.driftless.stage.Logic;
import io.driftless.stage.Performer;
import io.driftless.stage.StageDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The notification stage: what it reads, how it decides, who delivers.
public final class NotificationStage {
    public static final String NAME = "notification";
    private static final int AT_ONCE = 16;
    private static final Duration PACE = Duration.ofMillis(50);
    private final List<Subscription> subscriptions;
    private final Map<String, Receiver> receivers;

    public NotificationStage(List<Subscription> subscriptions) {
        this.subscriptions = List.copyOf(subscriptions);
        this.receivers = subscriptions.stream()
                .collect(Collectors.toUnmodifiableMap(Subscription::name, Subscription::receiver));
    }

    /// The subscription that is always there: the log is told everything usual.
    public static Subscription log() {
        return new Subscription("log", Subscription.USUAL, new LogReceiver());
    }

    public StageDefinition<Notification, DeliveryOutcome> definition() {
        return definition(subscriptions);
    }

    public static StageDefinition<Notification, DeliveryOutcome> definition(List<Subscription> subscriptions) {
        Function<String, Logic<Notification, DeliveryOutcome>> logic =
                application -> new NotificationLogic(application, subscriptions);
        return new StageDefinition<>(
                NAME,
                Set.of(Topic.APPLICATIONS, Topic.DRIFT, Topic.OPERATIONS, Topic.DELIVERIES),
                Set.of(),
                logic,
                AT_ONCE,
                PACE);
    }

    public Performer<Notification, DeliveryOutcome> performer() {
        return (application, notification) -> {
            Receiver receiver = receivers.get(notification.subscription());
            return receiver == null
                    ? new DeliveryOutcome.NotDelivered(notification, "the subscription is no longer configured", true)
                    : receiver.deliver(notification);
        };
    }
}
