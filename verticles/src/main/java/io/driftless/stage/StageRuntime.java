package io.driftless.stage;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Runs stages on Kafka. One per process, made by `app`; stages get it from there.
public final class StageRuntime implements AutoCloseable {
    private final Vertx vertx;
    private final KafkaConnection kafka;
    private final InstantSource clock;
    private final String instance;
    private final int partitions;
    private final RetryPolicy retries;
    private final @Nullable Relay relay;
    private final @Nullable NearLog near;
    private final Map<String, StageRunner<?, ?>> stages = new ConcurrentHashMap<>();

    /// What a stage is run with.
    record Parts(
            Vertx vertx,
            KafkaConnection kafka,
            InstantSource clock,
            String instance,
            int partitions,
            RetryPolicy retries,
            StageMetrics metrics,
            @Nullable Relay relay,
            @Nullable NearLog near) {}

    /// Who writes to the topics.
    public enum Writers {
        /// This process alone: its readers get what the broker acknowledged by a [Relay].
        THIS_PROCESS,
        /// Other processes too.
        MANY
    }

    /// @param instance tells this process from others that run the same stages; seen in client ids alone
    /// @param partitions of every topic, as [Topics#ensure] says
    /// @param writers who else writes to the topics
    /// @param near the logs of the broker, where that is in this process
    public StageRuntime(
            Vertx vertx,
            KafkaConnection kafka,
            InstantSource clock,
            String instance,
            int partitions,
            RetryPolicy retries,
            Writers writers,
            @Nullable NearLog near) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.clock = clock;
        this.instance = instance;
        this.partitions = partitions;
        this.retries = retries;
        this.near = near;
        this.relay = writers == Writers.THIS_PROCESS ? new Relay() : null;
    }

    public StageRuntime(
            Vertx vertx,
            KafkaConnection kafka,
            InstantSource clock,
            String instance,
            int partitions,
            RetryPolicy retries) {
        this(vertx, kafka, clock, instance, partitions, retries, Writers.MANY, null);
    }

    public StageRuntime(Vertx vertx, KafkaConnection kafka, InstantSource clock, String instance, int partitions) {
        this(vertx, kafka, clock, instance, partitions, RetryPolicy.defaults());
    }

    /// Starts a stage; returns at once. It joins its group, rebuilds what it is assigned and goes on from there.
    public <T, O> StageHandle<O> start(StageDefinition<T, O> definition, Performer<T, O> performer) {
        StageMetrics metrics = new StageMetrics();
        StageRunner<T, O> runner = new StageRunner<>(
                definition,
                performer,
                new Parts(vertx, kafka, clock, instance, partitions, retries, metrics, relay, near));
        if (stages.putIfAbsent(definition.name(), runner) != null) {
            throw new IllegalArgumentException("stage " + definition.name() + " runs already");
        }
        runner.start();
        return runner;
    }

    /// A reader outside of any group, see [EventReader].
    public EventReader reader(String name, EventReader.Request request) {
        return EventReader.start(vertx, kafka, name, request, relay);
    }

    /// A writer for edges, see [EventWriter].
    public EventWriter writer(String name) {
        return new EventWriter(vertx, kafka, clock, name, partitions, relay, near);
    }

    /// A writer for edges whose order matters, see [OrderedWriter].
    public OrderedWriter orderedWriter(String name) {
        return new OrderedWriter(vertx, kafka, clock, name, instance, partitions, relay, near);
    }

    public Vertx vertx() {
        return vertx;
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    public InstantSource clock() {
        return clock;
    }

    public String instance() {
        return instance;
    }

    public int partitions() {
        return partitions;
    }

    /// The counters of each stage that was started here, by name.
    public Map<String, StageMetrics> metrics() {
        Map<String, StageMetrics> metrics = new LinkedHashMap<>();
        stages.forEach((name, stage) -> metrics.put(name, stage.metrics()));
        return metrics;
    }

    public Map<String, StageHealth> health() {
        Map<String, StageHealth> health = new LinkedHashMap<>();
        stages.forEach((name, stage) -> health.put(name, stage.health()));
        return health;
    }

    /// Closes all stages at once, each bounded in time.
    @Override
    public void close() {
        Thread[] closers = stages.values().stream()
                .map(stage -> Thread.startVirtualThread(stage::close))
                .toArray(Thread[]::new);
        try {
            for (Thread closer : closers) {
                closer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
