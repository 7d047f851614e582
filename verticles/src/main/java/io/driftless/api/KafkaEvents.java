package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Clusters;
import io.driftless.events.Topic;
import io.driftless.http.MetricsText;
import io.driftless.http.Publisher;
import io.driftless.stage.EventReader;
import io.driftless.stage.EventReader.From;
import io.driftless.stage.EventReader.Place;
import io.driftless.stage.ReadRecord;
import io.driftless.stage.StageHealth;
import io.driftless.stage.StageRuntime;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/// The topics on Kafka, as the API reads them.
public final class KafkaEvents implements EventSource {
    /// A person does not see this delay, and in a burst it spares many small reads.
    private static final Duration PACE = Duration.ofMillis(15);

    private final StageRuntime runtime;
    private final AtomicInteger count = new AtomicInteger();
    private volatile CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile CompletableFuture<Void> followed = new CompletableFuture<>();

    public KafkaEvents(StageRuntime runtime) {
        this.runtime = runtime;
    }

    /// What the API needs, from the runtime of this process.
    ///
    /// @param more what else is counted in this process
    /// @param seal seals manifests that are given with a sync
    public static ApiStage.Surroundings surroundings(
            StageRuntime runtime,
            Publisher publisher,
            Cluster cluster,
            Clusters clusters,
            Sources sources,
            Consumer<MetricsText> more,
            Function<JsonNode, String> seal) {
        KafkaEvents events = new KafkaEvents(runtime);
        return new ApiStage.Surroundings(
                cluster,
                clusters,
                events,
                sources,
                publisher,
                () -> health(runtime),
                List.of(text -> metrics(runtime, text), more),
                seal);
    }

    @Override
    public Reading read(Positions from, Consumer<StoredEvent> handler) {
        Map<Place, Long> offsets = new HashMap<>();
        from.forEach((topic, partition, offset) -> offsets.put(new Place(topic, partition), offset));
        From begin = offsets.isEmpty() ? new From.Beginning() : new From.Offsets(offsets);
        int number = count.getAndIncrement();
        EventReader reader = runtime.reader(
                "api-" + number,
                new EventReader.Request(Set.of(Topic.values()), begin, record -> handler.accept(stored(record)), PACE));
        if (number == 0) {
            first = reader.caughtUp();
        }
        return reader::close;
    }

    @Override
    public Reading follow(Set<Topic> topics, Consumer<StoredEvent> handler) {
        EventReader reader = runtime.reader(
                "api-now",
                new EventReader.Request(topics, new From.Beginning(), record -> handler.accept(stored(record))));
        followed = reader.caughtUp();
        return reader::close;
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
        return CompletableFuture.allOf(first, followed);
    }

    private static StoredEvent stored(ReadRecord record) {
        return new StoredEvent(
                record.topic(), record.partition(), record.offset(), record.key(), record.bytes(), record.envelope());
    }

    private static HealthReport health(StageRuntime runtime) {
        Map<String, Boolean> stages = new LinkedHashMap<>();
        Map<String, StageHealth> healths = runtime.health();
        healths.forEach((name, health) -> stages.put(name, health.ready()));
        return new HealthReport(healths.values().stream().allMatch(StageHealth::brokerReachable), stages);
    }

    private static void metrics(StageRuntime runtime, MetricsText text) {
        runtime.metrics().forEach((stage, metrics) -> {
            Map<String, String> labels = Map.of("stage", stage);
            metrics.counters().forEach((name, value) -> text.counter("driftless_stage_" + name, labels, value));
            metrics.gauges().forEach((name, value) -> text.gauge("driftless_stage_" + name, labels, value));
        });
    }
}
