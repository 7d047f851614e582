package io.driftless.api;

import io.driftless.http.HttpFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What callers are told when Kafka does not answer.
final class Broker {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private Broker() {}

    static HttpFailure down(Throwable problem) {
        LOG.warn("a command could not be published: {}", problem.toString());
        return HttpFailure.unavailable("the broker did not acknowledge; nothing was started, try again");
    }
}
