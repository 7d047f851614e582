package io.driftless.stage;

import io.driftless.events.RecordKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Says things at the edge, where somebody waits for the answer: succeeds when the broker has
/// acknowledged, fails within a few seconds when it does not, and what failed may still arrive.
public final class EventWriter implements AutoCloseable {
    /// How long an edge waits for the broker.
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Outlet outlet;
    private final RecordWriter writer;
    private final @Nullable Relay relay;

    EventWriter(
            Vertx vertx,
            KafkaConnection kafka,
            InstantSource clock,
            String name,
            int partitions,
            @Nullable Relay relay,
            @Nullable NearLog near) {
        this.vertx = vertx;
        this.outlet = new Outlet(() -> KafkaClients.hasty(vertx, kafka, name, (int) LIMIT.toMillis()), near);
        this.writer = new RecordWriter("/driftless/" + name, clock, partitions);
        this.relay = relay;
    }

    /// Never blocks the caller. Fails with [KafkaFailure] when the broker does not acknowledge in time, with
    /// [PublicationTooLargeException] when it never would.
    public Future<RecordMetadata> publish(Publication publication) {
        if (RecordKey.subject(publication.key()).equals(RecordKey.EVERYONE)) {
            return Future.failedFuture(new IllegalArgumentException("an edge speaks about one subject, not about all"));
        }
        Promise<RecordMetadata> acknowledged = Promise.promise();
        // A producer that does not know the topic yet waits for it on the calling thread.
        vertx.executeBlocking(
                        () -> {
                            send(publication, acknowledged);
                            return true;
                        },
                        false)
                .onFailure(acknowledged::tryFail);
        return acknowledged.future();
    }

    private void send(Publication publication, Promise<RecordMetadata> acknowledged) {
        for (ProducerRecord<String, byte[]> record : writer.records(publication)) {
            outlet.send(record, (metadata, failure) -> {
                if (failure == null) {
                    if (relay != null) {
                        relay.acknowledged(record, metadata);
                    }
                    acknowledged.tryComplete(metadata);
                } else {
                    acknowledged.tryFail(
                            new KafkaFailure("Kafka did not acknowledge: " + failure.getMessage(), failure));
                }
            });
        }
    }

    @Override
    public void close() {
        outlet.close(LIMIT);
    }
}
