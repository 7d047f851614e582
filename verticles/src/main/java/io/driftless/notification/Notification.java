package io.driftless.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationName;

/// One message to one receiver: the task of this stage.
///
/// @param about the facts, as a JSON object
public record Notification(
        ApplicationName application,
        String subscription,
        Trigger trigger,
        String transition,
        String chain,
        ObjectNode about) {
    /// The same for every attempt, so that a receiver can drop what it has already.
    public String idempotencyKey() {
        return application + "/" + subscription + '/' + trigger + '/' + transition;
    }
}
