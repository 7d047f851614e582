package io.driftless.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.record.internal.SimpleRecord;

/// The logs of the broker in this process, written to without a connection, by one thread in the order of the calls.
/// That thread is nobody else's and is never interrupted: an interrupted write closes the file it writes to.
public final class BrokerLog implements AutoCloseable {
    private static final int MOST_AT_ONCE = 500;

    private final LogAppends appends;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("driftless-broker-log").unstarted(this::run);
    /// Guarded by the queue, so that nothing is added after the last.
    private boolean closed;

    /// What is to be appended, and who is told.
    record Entry(TopicPartition partition, SimpleRecord record, Callback told) {
        private static final Entry LAST =
                new Entry(new TopicPartition("-", 0), new SimpleRecord(new byte[0]), (where, failure) -> {});

        /// A record without a time is of now, as at a producer.
        static Entry of(ProducerRecord<String, byte[]> record, Callback told) {
            if (record.partition() == null) {
                throw new IllegalArgumentException("a record of " + record.topic() + " names no partition");
            }
            return new Entry(
                    new TopicPartition(record.topic(), record.partition()),
                    new SimpleRecord(
                            record.timestamp() == null ? System.currentTimeMillis() : record.timestamp(),
                            record.key() == null ? null : record.key().getBytes(UTF_8),
                            record.value(),
                            record.headers().toArray()),
                    told);
        }

        int size() {
            return LogAppends.size(record.value());
        }
    }

    BrokerLog(LogAppends appends) {
        this.appends = appends;
        thread.start();
    }

    /// Appends a record that names its partition; never blocks. `told` is called once, when consumers
    /// can read it or with what Kafka has against it, on the thread of this log, which it must not hold up.
    ///
    /// @throws DisconnectException when the broker has been closed
    public void append(ProducerRecord<String, byte[]> record, Callback told) {
        Entry entry = Entry.of(record, told);
        synchronized (queue) {
            if (closed) {
                throw gone();
            }
            queue.add(entry);
        }
    }

    private void run() {
        try {
            while (appendSome()) {
                // Until the last.
            }
        } finally {
            refuse();
        }
    }

    /// Everybody is told, also where the thread ended by itself.
    private void refuse() {
        List<Entry> left = new ArrayList<>();
        synchronized (queue) {
            closed = true;
            queue.drainTo(left);
        }
        left.forEach(entry -> entry.told().onCompletion(null, gone()));
    }

    /// What there is, after waiting for it; false once that is the last.
    private boolean appendSome() {
        List<Entry> entries = new ArrayList<>();
        try {
            entries.add(queue.take());
        } catch (InterruptedException nobodyDoes) {
            return true;
        }
        queue.drainTo(entries, MOST_AT_ONCE);
        boolean last = entries.remove(Entry.LAST);
        appends.append(entries);
        return !last;
    }

    private static DisconnectException gone() {
        return new DisconnectException("the broker of this process has been closed");
    }

    /// Appends what waits, and takes nothing more.
    @Override
    public void close() {
        synchronized (queue) {
            if (closed) {
                return;
            }
            closed = true;
            queue.add(Entry.LAST);
        }
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
