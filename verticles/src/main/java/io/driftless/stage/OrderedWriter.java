package io.driftless.stage;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Says things in the order it is told them, by each calling thread, and keeps trying while the
/// broker does not answer: for edges that report what they see elsewhere. Like stages it may speak
/// to all subjects at once.
public final class OrderedWriter implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Outlet outlet;
    private final RecordWriter writer;
    private final @Nullable Relay relay;

    OrderedWriter(
            Vertx vertx,
            KafkaConnection kafka,
            InstantSource clock,
            String name,
            String instance,
            int partitions,
            @Nullable Relay relay,
            @Nullable NearLog near) {
        this.outlet = new Outlet(() -> KafkaClients.patient(vertx, kafka, name + "-edge", instance), near);
        this.writer = new RecordWriter("/driftless/" + name, clock, partitions);
        this.relay = relay;
    }

    /// Hands the publication over before it returns, which can block while the broker is away; completes when the
    /// broker has acknowledged. Fails with [PublicationTooLargeException] when it never would, with [KafkaFailure]
    /// when this writer was closed.
    public CompletableFuture<Void> publish(Publication publication) {
        try {
            List<ProducerRecord<String, byte[]>> records = writer.records(publication);
            CompletableFuture<?>[] acknowledged = new CompletableFuture<?>[records.size()];
            for (int i = 0; i < acknowledged.length; i++) {
                acknowledged[i] = send(records.get(i));
            }
            return CompletableFuture.allOf(acknowledged);
        } catch (PublicationTooLargeException e) {
            return CompletableFuture.failedFuture(e);
        } catch (KafkaException | IllegalStateException e) {
            return CompletableFuture.failedFuture(new KafkaFailure("the record could not be handed over", e));
        }
    }

    private CompletableFuture<Void> send(ProducerRecord<String, byte[]> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        outlet.send(record, (metadata, failure) -> {
            if (failure == null) {
                if (relay != null) {
                    relay.acknowledged(record, metadata);
                }
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(
                        new KafkaFailure("Kafka did not acknowledge: " + failure.getMessage(), failure));
            }
        });
        return acknowledged;
    }

    @Override
    public void close() {
        outlet.close(CLOSING);
    }
}
