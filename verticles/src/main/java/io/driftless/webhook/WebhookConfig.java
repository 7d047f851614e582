package io.driftless.webhook;

import java.time.Duration;

/// Limits of the door.
///
/// @param maxBodyBytes the longest payload
/// @param maxHeldBytes the most bytes of all payloads together
/// @param bodyTimeout how long a payload may take to arrive
/// @param ackTimeout how long the broker may take to acknowledge; Git hosts give up after 10 s
public record WebhookConfig(long maxBodyBytes, long maxHeldBytes, Duration bodyTimeout, Duration ackTimeout) {
    public static final WebhookConfig DEFAULT =
            new WebhookConfig(25L * 1024 * 1024, 128L * 1024 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(8));
}
