package io.driftless.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/// Keeps the stages from logging each of the faults they are given; what happened is in the trace.
final class Quiet implements BeforeAllCallback, AfterAllCallback {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.driftless");

    @Override
    public void beforeAll(ExtensionContext context) {
        logger.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        logger.setLevel(null);
    }
}
