package io.driftless.stage;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/// How records come in to an [EventReader]: by the fetch and by the [Relay].
final class ReaderIntake {
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);
    private final RelayedRecords relayed = new RelayedRecords();
    private final Inbox<Void, Void> inbox = new Inbox<>();
    private final Visits visits = new Visits();
    private volatile boolean closed;

    /// Called by the relay, on any thread.
    void relayed(ConsumerRecord<String, byte[]> record) {
        relayed.add(record);
        inbox.nudge();
    }

    /// Hands over what there is, after waiting for it. On the thread of the reader.
    ///
    /// @param fedByRelay whether all that was there is read, so that what follows comes by the relay
    /// @return how many records
    int take(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> kafka,
            boolean fedByRelay,
            Consumer<ConsumerRecord<String, byte[]>> taker) {
        ConsumerRecords<String, byte[]> records = fedByRelay ? visit(kafka) : poll(kafka);
        records.forEach(taker);
        return records.count() + relayed.drain(kafka, partition -> true, taker);
    }

    private ConsumerRecords<String, byte[]> visit(org.apache.kafka.clients.consumer.Consumer<String, byte[]> kafka) {
        long wait = visits.untilDue();
        if (wait > 0) {
            waitNearby(wait);
            return ConsumerRecords.empty();
        }
        ConsumerRecords<String, byte[]> records = Calm.call(() -> kafka.poll(Duration.ZERO));
        visits.visited(!records.isEmpty());
        return records;
    }

    private void waitNearby(long nanos) {
        inbox.asleepHere();
        try {
            if (nothing()) {
                inbox.poll(nanos);
            }
        } finally {
            inbox.awake();
        }
    }

    private ConsumerRecords<String, byte[]> poll(org.apache.kafka.clients.consumer.Consumer<String, byte[]> kafka) {
        inbox.asleep(kafka::wakeup);
        try {
            return kafka.poll(nothing() ? LONGEST_POLL : Duration.ZERO);
        } catch (WakeupException mail) {
            return ConsumerRecords.empty();
        } finally {
            inbox.awake();
        }
    }

    private boolean nothing() {
        return relayed.isEmpty() && !closed;
    }

    /// Ends a waiting.
    void close() {
        closed = true;
        inbox.nudge();
    }
}
