package io.driftless.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// A transition that was seen.
///
/// @param transition what tells it from others of the same trigger; the same after a restart
/// @param at when it happened
/// @param about what receivers are told
record News(Trigger trigger, String transition, Instant at, String chain, ObjectNode about) {
    /// How the transition is named among those that a subscription is not told.
    String settledName(Subscription subscription) {
        return subscription.name() + '|' + trigger + '=' + (trigger.state() ? "" : transition);
    }
}
