package io.driftless.notification;

/// What came of an attempt to deliver.
public sealed interface DeliveryOutcome {
    Notification notification();

    record Delivered(Notification notification) implements DeliveryOutcome {}

    /// @param reason in words, without credentials
    /// @param permanent whether trying again is in vain
    record NotDelivered(Notification notification, String reason, boolean permanent) implements DeliveryOutcome {}
}
