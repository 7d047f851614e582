package io.driftless.pipeline;

import io.driftless.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/// A Kafka outside of every process of Driftless: in a container where there is an engine for that, otherwise the
/// embedded broker alone in a process.
public final class BrokerProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private final String bootstrap;
    private final AutoCloseable running;

    private BrokerProcess(String bootstrap, AutoCloseable running) {
        this.bootstrap = bootstrap;
        this.running = running;
    }

    static BrokerProcess start(Path directory) throws IOException, InterruptedException {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            KafkaContainer container = new KafkaContainer("apache/kafka-native:4.1.0");
            container.start();
            return new BrokerProcess(container.getBootstrapServers(), container);
        }
        ChildProcess child = ChildProcess.start(
                "broker",
                directory,
                line -> line.startsWith(READY),
                BrokerProcess.class.getName(),
                List.of(directory.resolve("kafka").toString()));
        return new BrokerProcess(child.awaitReady().substring(READY.length()), child);
    }

    String bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() throws Exception {
        running.close();
    }

    /// The process: a broker on the given directory.
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), EmbeddedBroker.Options.loopback());
        System.out.println(READY + broker.bootstrap());
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
