package io.driftless.stage;

import io.driftless.events.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a stage says, in order, and who waits for the broker to acknowledge it. Used by the thread of the stage;
/// acknowledgements come on the producer's.
final class Outbox<T, O> {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final StageDefinition<T, O> definition;
    private final Outlet outlet;
    private final RecordWriter writer;
    private final Progress progress;
    private final Inbox<T, O> inbox;
    private final StageMetrics metrics;
    private final @Nullable Relay relay;
    private volatile boolean closed;

    Outbox(
            StageDefinition<T, O> definition,
            Outlet outlet,
            RecordWriter writer,
            Progress progress,
            Inbox<T, O> inbox,
            StageMetrics metrics,
            @Nullable Relay relay) {
        this.definition = definition;
        this.outlet = outlet;
        this.writer = writer;
        this.progress = progress;
        this.inbox = inbox;
        this.metrics = metrics;
        this.relay = relay;
    }

    /// Says all of it or, when one of them cannot be said, nothing: a part would be a lie. False then.
    boolean publish(SubjectState<T, O> subject, List<Publication> publications) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(publications.size());
        for (Publication publication : publications) {
            try {
                records.addAll(writer.records(publication));
            } catch (PublicationTooLargeException e) {
                unhandled(subject.name, publication.topic(), "publication", e);
                return false;
            }
        }
        records.forEach(record -> send(record, subject));
        metrics.publications.addAndGet(records.size());
        return true;
    }

    /// A record that cannot be read or was refused by the logic.
    void dead(Topic topic, ConsumerRecord<String, byte[]> record, RuntimeException reason) {
        LOG.warn(
                "{}: {}-{}@{} goes to {}: {}",
                definition.name(),
                record.topic(),
                record.partition(),
                record.offset(),
                topic.deadLetterTopic(),
                DeadLetters.text(reason));
        metrics.deadLetters.incrementAndGet();
        send(DeadLetters.of(definition.name(), topic, record, reason), null);
    }

    /// Work on a subject that failed for good.
    void unhandled(String subject, Topic topic, String work, Throwable reason) {
        if (reason instanceof PublicationTooLargeException) {
            LOG.warn("{}: {}", definition.name(), reason.getMessage());
        } else {
            LOG.warn("{}: {} of {} failed for good", definition.name(), work, subject, reason);
        }
        metrics.failures.incrementAndGet();
        metrics.deadLetters.incrementAndGet();
        send(DeadLetters.of(definition.name(), topic, subject, work, reason), null);
    }

    /// From now on nobody is told what became of what was said.
    void close() {
        closed = true;
    }

    private void send(ProducerRecord<String, byte[]> record, @Nullable SubjectState<T, O> subject) {
        Progress.Round round = progress.sending();
        if (subject != null) {
            subject.unacknowledged.incrementAndGet();
        }
        outlet.send(record, (metadata, failure) -> {
            if (closed) {
                return;
            }
            if (failure != null) {
                inbox.add(new Mail.Broken<>(failure));
                return;
            }
            if (relay != null) {
                relay.acknowledged(record, metadata);
            }
            round.acknowledged();
            if (subject != null && subject.unacknowledged.decrementAndGet() == 0 && !subject.waiting.isEmpty()) {
                inbox.add(new Mail.Acknowledged<>(subject));
            }
        });
    }
}
