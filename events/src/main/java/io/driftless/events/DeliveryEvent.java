package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// What is said on `deliveries`, keyed by application (so that a transition is told once, in order).
public sealed interface DeliveryEvent extends Event {
    ApplicationName application();

    @Override
    default String key() {
        return application().toString();
    }

    @EventType("notification-delivered.v1")
    @JsonClassDescription("A notification reached its receiver.")
    record NotificationDelivered(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Name of the subscription.")
            String subscription,

            @JsonPropertyDescription("Name of the trigger, such as on-sync-succeeded.")
            String trigger,

            @JsonPropertyDescription("What the notification is about, unique per transition.")
            String transition)
            implements DeliveryEvent {
        public NotificationDelivered {
            Check.given("application", application);
            Check.present("subscription", subscription);
            Check.present("trigger", trigger);
            Check.present("transition", transition);
        }
    }

    @EventType("notification-failed.v1")
    @JsonClassDescription("A notification could not be delivered.")
    record NotificationFailed(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("Name of the subscription.")
            String subscription,

            @JsonPropertyDescription("Name of the trigger.") String trigger,

            @JsonPropertyDescription("What the notification is about, unique per transition.")
            String transition,

            @JsonPropertyDescription("How many attempts were made.")
            int attempts,

            @JsonPropertyDescription("Why, without credentials.")
            String reason,

            @JsonPropertyDescription("Whether no further attempt is made.")
            boolean last)
            implements DeliveryEvent {
        public NotificationFailed {
            Check.given("application", application);
            Check.present("subscription", subscription);
            Check.present("trigger", trigger);
            Check.present("transition", transition);
        }
    }
}
