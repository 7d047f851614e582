package io.driftless.stage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/// How records come in to a stage: by the fetch and by the [Relay], no faster than its pace. On the thread of the
/// stage.
final class Intake<T, O> {
    /// How long the thread waits beside the inbox once something came. What follows in a process comes within it
    /// mostly, and Kafka's poll costs more than the rest of a round.
    private static final long NEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// The poll also keeps the membership of the group alive and brings what other processes write.
    private static final long LONGEST_WITHOUT_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Consumer<String, byte[]> consumer;
    private final Inbox<T, O> inbox;
    private final StageSession<T, O> session;
    private final long paceNanos;
    private final boolean relaying;
    private final RelayedRecords relayed = new RelayedRecords();
    private long lastRead;
    private long lastPoll;
    private boolean busy;

    /// @param relaying whether records also come by the relay
    Intake(
            Consumer<String, byte[]> consumer,
            Inbox<T, O> inbox,
            StageSession<T, O> session,
            Duration pace,
            boolean relaying) {
        this.consumer = consumer;
        this.inbox = inbox;
        this.session = session;
        this.paceNanos = pace.toNanos();
        this.relaying = relaying;
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
        if (!cameNearby()) {
            ConsumerRecords<String, byte[]> records = poll(longest);
            records.forEach(session::take);
            lastPoll = System.nanoTime();
            busy = !records.isEmpty() || !inbox.isEmpty();
            lastRead = records.isEmpty() ? lastRead : lastPoll;
        }
        if (relayed.drain(consumer, session::take) > 0) {
            lastRead = System.nanoTime();
            busy = true;
        }
    }

    /// Whether something came in by another way than Kafka's poll, which then is left out.
    private boolean cameNearby() {
        if (!relaying
                || !busy
                || !session.slices.allReady()
                || System.nanoTime() - lastPoll > LONGEST_WITHOUT_POLL_NANOS) {
            return false;
        }
        inbox.asleepHere();
        Mail<T, O> mail;
        try {
            mail = inbox.poll(
                    relayed.isEmpty()
                            ? session.untilNextTimer(Duration.ofNanos(NEAR_NANOS))
                                    .toNanos()
                            : 0);
        } finally {
            inbox.awake();
        }
        if (mail != null) {
            session.read(mail);
        }
        return mail != null || !relayed.isEmpty();
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
