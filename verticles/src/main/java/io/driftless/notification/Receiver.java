package io.driftless.notification;

/// Where a notification goes. Called from a virtual thread, so it may block.
@FunctionalInterface
public interface Receiver {
    /// Delivers, or says why not.
    DeliveryOutcome deliver(Notification notification) throws InterruptedException;
}
