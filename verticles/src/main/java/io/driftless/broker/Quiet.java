package io.driftless.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/// Keeps Kafka's own talk to what somebody must know, unless the logging configuration says otherwise.
final class Quiet {
    private static final List<String> WARNINGS = List.of("kafka", "org.apache.kafka", "state.change.logger");
    /// These warn about settings we choose on purpose, or about a broker that is just going away.
    private static final List<String> ERRORS = List.of(
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.controller.QuorumController",
            // Several groups meet a new broker at once and all want the offsets topic.
            "org.apache.kafka.server.DefaultAutoTopicCreationManager",
            "org.apache.kafka.clients.consumer.ConsumerConfig",
            "org.apache.kafka.clients.producer.ProducerConfig",
            "org.apache.kafka.common.utils.AppInfoParser");

    private Quiet() {}

    /// Idempotent; a level that is configured stays.
    static void kafka() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        WARNINGS.forEach(name -> limit(factory, name, Level.WARN));
        ERRORS.forEach(name -> limit(factory, name, Level.ERROR));
    }

    private static void limit(ILoggerFactory factory, String name, Level level) {
        if (factory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
            logger.setLevel(level);
        }
    }
}
