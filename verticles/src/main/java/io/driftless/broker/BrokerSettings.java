package io.driftless.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What the embedded broker is told: one node, quick to start, quiet when idle.
final class BrokerSettings {
    static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    /// Largest record that is accepted; stages refuse larger ones by name.
    private static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024 + 64 * 1024;

    private BrokerSettings() {}

    static Map<String, String> of(Path logs, EmbeddedBroker.Options options, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(node(logs, options, port, controllerPort));
        settings.putAll(logs());
        settings.putAll(coordinators());
        settings.putAll(threads());
        return settings;
    }

    private static Map<String, String> node(Path logs, EmbeddedBroker.Options options, int port, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE)),
                Map.entry("log.dirs", logs.toString()),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://" + options.host() + ":" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://" + options.advertisedHost() + ":" + port),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                Map.entry("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort),
                // Nobody follows this controller: no need to write heartbeats into the metadata log.
                Map.entry("metadata.max.idle.interval.ms", "0"),
                Map.entry("controller.quorum.append.linger.ms", "0"),
                Map.entry("broker.heartbeat.interval.ms", "3000"),
                Map.entry("broker.session.timeout.ms", "60000"),
                Map.entry("metric.reporters", ""),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("message.max.bytes", String.valueOf(MAX_MESSAGE_BYTES)),
                Map.entry("replica.fetch.max.bytes", String.valueOf(MAX_MESSAGE_BYTES)));
    }

    /// Small files: a partition costs two index files of this size on disk as long as it is open.
    private static Map<String, String> logs() {
        return Map.of(
                "log.segment.bytes",
                String.valueOf(16 * 1024 * 1024),
                "log.index.size.max.bytes",
                String.valueOf(64 * 1024),
                "log.cleaner.threads",
                "1",
                "log.cleaner.dedupe.buffer.size",
                String.valueOf(4 * 1024 * 1024),
                "log.cleaner.io.buffer.size",
                String.valueOf(128 * 1024),
                "log.cleaner.backoff.ms",
                "60000",
                "replica.high.watermark.checkpoint.interval.ms",
                "30000",
                "log.flush.start.offset.checkpoint.interval.ms",
                "300000");
    }

    private static Map<String, String> coordinators() {
        return Map.of(
                "offsets.topic.num.partitions", "4",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.segment.bytes", String.valueOf(4 * 1024 * 1024),
                "transaction.state.log.num.partitions", "2",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "group.initial.rebalance.delay.ms", "0",
                "group.coordinator.append.linger.ms", "0");
    }

    private static Map<String, String> threads() {
        return Map.of(
                "group.min.session.timeout.ms", "1000",
                "num.network.threads", "2",
                "num.io.threads", "2",
                "background.threads", "2",
                "num.replica.fetchers", "1",
                "num.recovery.threads.per.data.dir", "2",
                "group.coordinator.threads", "1",
                "share.coordinator.threads", "1");
    }
}
