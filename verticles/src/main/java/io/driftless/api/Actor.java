package io.driftless.api;

import io.driftless.http.HttpFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who asks: there are no accounts yet, whoever reaches the loopback address is the administrator.
final class Actor {
    static final String NAME = "admin";
    private static final Logger LOG = LoggerFactory.getLogger(Actor.class);

    private Actor() {}

    static HttpFailure brokerDown(Throwable down) {
        LOG.warn("a command could not be published: {}", down.toString());
        return HttpFailure.unavailable("the broker did not acknowledge; nothing was started, try again");
    }
}
