package io.driftless.app;

import io.driftless.broker.EmbeddedBroker;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.redact.Redaction;
import io.driftless.redact.Seal;
import io.driftless.redact.SealKey;
import io.driftless.stage.KafkaConnection;
import io.driftless.stage.NearLog;
import io.driftless.stage.RetryPolicy;
import io.driftless.stage.StageRuntime;
import io.driftless.stage.StageRuntime.Writers;
import io.driftless.stage.TopicSettings;
import io.driftless.stage.Topics;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What the stages of a process stand on: Kafka, the clusters, and the key of the installation.
record Foundation(
        Vertx vertx,
        ServerOptions options,
        @Nullable EmbeddedBroker broker,
        StageRuntime runtime,
        ConnectedClusters clusters,
        @Nullable SealKey key)
        implements AutoCloseable {
    private static final Duration RETENTION = Duration.ofDays(7);
    /// Only these see values of Secrets; the others work without the right to read the key.
    private static final Set<Stage> NEED_KEY = EnumSet.of(Stage.MANIFEST, Stage.OBSERVE, Stage.SYNC);

    /// Starts the broker and reaches the cluster side by side: both take most of the start.
    static Foundation lay(Vertx vertx, ServerOptions options) throws InterruptedException {
        EmbeddedBroker broker = null;
        CompletableFuture<ConnectedClusters> clusters =
                CompletableFuture.supplyAsync(() -> clusters(vertx, options), Thread::startVirtualThread);
        try {
            CompletableFuture<@Nullable SealKey> key = clusters.thenApply(reached -> key(reached, options));
            if (options.kafka() == null) {
                broker = EmbeddedBroker.start(
                        options.data().resolve("kafka"),
                        new EmbeddedBroker.Options(brokerHost(options), options.kafkaPort()));
            }
            KafkaConnection kafka = connection(options, broker);
            int partitions = Topics.ensure(kafka, new TopicSettings(options.partitions(), RETENTION));
            StageRuntime runtime = new StageRuntime(
                    vertx,
                    kafka,
                    InstantSource.system(),
                    UUID.randomUUID().toString(),
                    partitions,
                    RetryPolicy.defaults(),
                    broker != null && options.allStages() ? Writers.THIS_PROCESS : Writers.MANY,
                    near(broker));
            return new Foundation(vertx, options, broker, runtime, clusters.join(), key.join());
        } catch (CompletionException e) {
            abandon(broker, clusters);
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } catch (RuntimeException e) {
            abandon(broker, clusters);
            throw e;
        }
    }

    private static @Nullable NearLog near(@Nullable EmbeddedBroker broker) {
        return broker == null
                ? null
                : broker.log().<NearLog>map(log -> log::append).orElse(null);
    }

    private static @Nullable SealKey key(ConnectedClusters clusters, ServerOptions options) {
        return options.stages().stream().noneMatch(NEED_KEY::contains)
                ? null
                : SealKey.load(clusters.controlPlane(), options.namespace());
    }

    Redaction redaction() {
        return new Redaction(installationKey());
    }

    Seal seal() {
        return new Seal(installationKey());
    }

    /// Read when it is first needed where no stage of this process needs it at once: the API seals the manifests of a
    /// local sync.
    private SealKey installationKey() {
        return key == null ? SealKey.load(clusters.controlPlane(), options.namespace()) : key;
    }

    private static void abandon(@Nullable EmbeddedBroker broker, CompletableFuture<ConnectedClusters> clusters) {
        clusters.thenAccept(ConnectedClusters::close);
        if (broker != null) {
            broker.close();
        }
    }

    private static ConnectedClusters clusters(Vertx vertx, ServerOptions options) {
        return options.kubeconfig() == null
                ? ConnectedClusters.inCluster(vertx, options.namespace())
                : ConnectedClusters.ofKubeconfig(vertx, options.kubeconfig(), options.context(), options.namespace());
    }

    /// The broker has no authentication: it listens where the web port does only if that is this machine.
    private static String brokerHost(ServerOptions options) {
        return ServerOptions.loopback(options.host()) ? options.host() : "127.0.0.1";
    }

    private static KafkaConnection connection(ServerOptions options, @Nullable EmbeddedBroker broker) {
        String bootstrap = broker == null ? options.kafka() : broker.bootstrap();
        if (bootstrap == null) {
            throw new IllegalStateException("neither an embedded nor another broker");
        }
        return options.kafkaProperties() == null
                ? KafkaConnection.of(bootstrap)
                : KafkaConnection.of(bootstrap, options.kafkaProperties());
    }

    @Override
    public void close() {
        runtime.close();
        clusters.close();
        if (broker != null) {
            broker.close();
        }
    }
}
