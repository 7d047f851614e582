package io.driftless.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A single-node Kafka (KRaft) in this JVM. Its data directory outlives it: records, offsets, cluster id and port are
/// the same after a restart. Any Kafka client of this machine can connect to [#bootstrap].
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final KafkaRaftServer server;
    private final DataDirectory directory;
    private final String bootstrap;
    private @Nullable BrokerLog log;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, DataDirectory directory, String bootstrap) {
        this.server = server;
        this.directory = directory;
        this.bootstrap = bootstrap;
    }

    /// @param host address to listen on
    /// @param port port to listen on; 0 for the one used before, or any free one
    /// @param advertisedHost name under which clients reach `host`
    public record Options(String host, int port, String advertisedHost) {
        public Options {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
            }
        }

        public Options(String host, int port) {
            this(host, port, host.equals("0.0.0.0") ? "localhost" : host);
        }

        /// Reachable from this machine only.
        public static Options loopback() {
            return new Options("127.0.0.1", 0);
        }
    }

    /// Starts a broker on a directory, which is created and formatted if it holds none yet. Returns when clients can
    /// connect; fails with [BrokerException] where the directory or the port is taken.
    public static EmbeddedBroker start(Path data, Options options) {
        long started = System.nanoTime();
        Quiet.kafka();
        DataDirectory directory = DataDirectory.open(data.toAbsolutePath());
        try {
            int port = Ports.choose(options.host(), options.port(), directory.rememberedPort());
            format(directory);
            KafkaRaftServer server = new KafkaRaftServer(
                    new KafkaConfig(BrokerSettings.of(directory.logs(), options, port, Ports.any("127.0.0.1"))),
                    Time.SYSTEM);
            server.startup();
            directory.remember(port);
            String bootstrap = options.advertisedHost() + ":" + port;
            LOG.info("Kafka broker on {} after {} ms", bootstrap, (System.nanoTime() - started) / 1_000_000);
            return new EmbeddedBroker(server, directory, bootstrap);
        } catch (BrokerException e) {
            directory.close();
            throw e;
        } catch (Exception e) {
            directory.close();
            throw new BrokerException("the embedded broker on " + data + " does not start: " + e, e);
        }
    }

    private static void format(DataDirectory directory) throws Exception {
        if (directory.formatted()) {
            return;
        }
        String logs = directory.logs().toString();
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerSettings.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(logs))
                .setMetadataLogDirectory(logs)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .run();
    }

    /// `host:port` for clients.
    public String bootstrap() {
        return bootstrap;
    }

    /// The logs of this broker, where they can be written to without a connection.
    public synchronized Optional<BrokerLog> log() {
        if (log == null && !closed) {
            log = LogAppends.to(server).map(BrokerLog::new).orElse(null);
        }
        return Optional.ofNullable(log);
    }

    /// Client properties that reach this broker.
    public Map<String, String> clientProperties() {
        return Map.of("bootstrap.servers", bootstrap);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (log != null) {
            log.close();
        }
        server.shutdown();
        server.awaitShutdown();
        directory.close();
    }
}
