package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/// What is said on `deliveries`: the last notification of each subscription and trigger (key
/// application, subscription and trigger), so that a transition is told once, and from when on
/// transitions are told (key application and `!began`). Tombstones say that a state which was told
/// has passed.
public sealed interface DeliveryEvent extends Event {
    ApplicationName application();

    /// The key of the last notification of a subscription for a trigger.
    static String key(ApplicationName application, String subscription, String trigger) {
        return RecordKey.of(application.toString(), subscription + '|' + trigger);
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
            Check.noBar("subscription", subscription);
            Check.noBar("trigger", trigger);
        }

        @Override
        public String key() {
            return DeliveryEvent.key(application, subscription, trigger);
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
            Check.noBar("subscription", subscription);
            Check.noBar("trigger", trigger);
        }

        @Override
        public String key() {
            return DeliveryEvent.key(application, subscription, trigger);
        }
    }

    @EventType("notifications-began.v1")
    @JsonClassDescription("From here on transitions of the application are told; what was true before is not.")
    record NotificationsBegan(
            @JsonPropertyDescription("The Application, as namespace/name.")
            ApplicationName application,

            @JsonPropertyDescription("metadata.uid of the Application.")
            String uid,

            @JsonPropertyDescription("Names of the subscriptions that are told from now on.")
            List<String> subscriptions,

            @JsonPropertyDescription("What was true already, as subscription|trigger=transition; it is not told.")
            List<String> settled)
            implements DeliveryEvent {
        /// The part of the key that keeps it apart from notifications.
        public static final String DETAIL = "!began";

        public NotificationsBegan {
            Check.given("application", application);
            uid = uid == null ? "" : uid;
            subscriptions = subscriptions == null ? List.of() : List.copyOf(subscriptions);
            settled = settled == null ? List.of() : List.copyOf(settled);
        }

        @Override
        public String key() {
            return RecordKey.of(application.toString(), DETAIL);
        }
    }
}
