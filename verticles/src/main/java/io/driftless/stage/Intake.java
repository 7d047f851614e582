package io.driftless.stage;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/// How records come in to a stage: by the fetch and by the [Relay], no faster than its pace. On the thread of the
/// stage.
final class Intake<T, O> {
    private final Consumer<String, byte[]> consumer;
    private final Inbox<T, O> inbox;
    private final StageSession<T, O> session;
    private final long paceNanos;
    private final RelayedRecords relayed = new RelayedRecords();
    private long lastRead;

    Intake(Consumer<String, byte[]> consumer, Inbox<T, O> inbox, StageSession<T, O> session, Duration pace) {
        this.consumer = consumer;
        this.inbox = inbox;
        this.session = session;
        this.paceNanos = pace.toNanos();
        this.lastRead = System.nanoTime() - paceNanos;
    }

    /// Called by the relay, on any thread.
    void relayed(ConsumerRecord<String, byte[]> record) {
        relayed.add(record);
        inbox.nudge();
    }

    /// Takes in what there is, after waiting for it or for mail.
    ///
    /// @param longest how long to wait at most
    void take(Supplier<Duration> longest) {
        long early = paceNanos - (System.nanoTime() - lastRead);
        if (early > 0 && session.slices.allReady()) {
            waitForMail(early);
            return;
        }
        ConsumerRecords<String, byte[]> records = poll(longest);
        records.forEach(session::take);
        if (relayed.drain(consumer, session::take) > 0 || !records.isEmpty()) {
            lastRead = System.nanoTime();
        }
    }

    private void waitForMail(long nanos) {
        Mail<T, O> mail =
                inbox.poll(session.untilNextTimer(Duration.ofNanos(nanos)).toNanos());
        if (mail != null) {
            session.read(mail);
        }
    }

    private ConsumerRecords<String, byte[]> poll(Supplier<Duration> longest) {
        inbox.asleep(consumer::wakeup);
        try {
            return consumer.poll(inbox.isEmpty() && relayed.isEmpty() ? longest.get() : Duration.ZERO);
        } catch (WakeupException mail) {
            return ConsumerRecords.empty();
        } finally {
            inbox.awake();
        }
    }
}
