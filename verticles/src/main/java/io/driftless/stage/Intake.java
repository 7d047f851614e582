package io.driftless.stage;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// How records come in to a stage: by the fetch and by the [Relay], no faster than its pace. On the thread of the
/// stage.
final class Intake<T, O> {
    private final Consumer<String, byte[]> consumer;
    private final Inbox<T, O> inbox;
    private final StageSession<T, O> session;
    private final FlowControl<T, O> flow;
    private final long paceNanos;
    private final boolean relaying;
    private final RelayedRecords relayed = new RelayedRecords();
    private final Visits visits = new Visits();
    private Set<TopicPartition> owned = Set.of();
    private long lastRead;

    /// @param relaying whether records also come by the relay
    Intake(
            Consumer<String, byte[]> consumer,
            Inbox<T, O> inbox,
            StageSession<T, O> session,
            FlowControl<T, O> flow,
            Duration pace,
            boolean relaying) {
        this.consumer = consumer;
        this.inbox = inbox;
        this.session = session;
        this.flow = flow;
        this.paceNanos = pace.toNanos();
        this.relaying = relaying;
        this.lastRead = System.nanoTime() - paceNanos;
    }

    /// Called by the relay, on any thread.
    void relayed(ConsumerRecord<String, byte[]> record) {
        relayed.add(record);
        inbox.nudge();
    }

    /// Says which partitions are assigned from now on.
    void owns(Set<TopicPartition> assigned) {
        owned = Set.copyOf(assigned);
    }

    private boolean reading(TopicPartition partition) {
        return owned.contains(partition) && !flow.pauses(partition);
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
        if (!fedByRelay()) {
            took(poll(longest));
        } else if (visits.untilDue() <= 0) {
            ConsumerRecords<String, byte[]> records = Calm.call(() -> consumer.poll(Duration.ZERO));
            took(records);
            visits.visited(!records.isEmpty());
        } else {
            waitNearby();
        }
        if (relayed.drain(consumer, this::reading, session::take) > 0) {
            lastRead = System.nanoTime();
        }
    }

    private void took(ConsumerRecords<String, byte[]> records) {
        records.forEach(session::take);
        lastRead = records.isEmpty() ? lastRead : System.nanoTime();
    }

    /// Once everything that was there is read, what follows comes by the relay, and Kafka's poll is only visited: it
    /// costs more than the rest of a round.
    private boolean fedByRelay() {
        return relaying && session.slices.allReady() && !owned.isEmpty();
    }

    private void waitNearby() {
        inbox.asleepHere();
        try {
            waitForMail(relayed.isEmpty() ? visits.untilDue() : 0);
        } finally {
            inbox.awake();
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
