package io.driftless.notification;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log.
public final class LogReceiver implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(LogReceiver.class);

    @Override
    public DeliveryOutcome deliver(Notification notification) {
        LOG.info(
                "{} {} {}",
                notification.application(),
                notification.trigger(),
                notification.about().path("message").asText().replaceAll("\\p{Cntrl}", " "));
        return new DeliveryOutcome.Delivered(notification);
    }
}
