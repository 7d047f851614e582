package io.driftless.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.DisconnectException;

/// The logs of the broker in this process, written to without a connection, by one thread in the order of the calls.
/// That thread is nobody else's and is never interrupted: an interrupted write closes the file it writes to.
public final class BrokerLog implements AutoCloseable {
    private static final int MOST_AT_ONCE = 500;

    private final LogAppends appends;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("driftless-broker-log").unstarted(this::run);
    private volatile boolean closed;

    /// What is to be appended, and who is told.
    record Entry(ProducerRecord<String, byte[]> record, Callback told) {
        private static final Entry LAST = new Entry(new ProducerRecord<>("-", new byte[0]), (where, failure) -> {});

        int size() {
            byte[] value = record.value();
            return value == null ? 0 : value.length;
        }
    }

    BrokerLog(LogAppends appends) {
        this.appends = appends;
        thread.start();
    }

    /// Appends a record that names its partition and its time; never blocks. `told` is called once, when consumers
    /// can read it or with what Kafka has against it, on the thread of this log, which it must not hold up.
    ///
    /// @throws DisconnectException when the broker has been closed
    public void append(ProducerRecord<String, byte[]> record, Callback told) {
        if (closed) {
            throw new DisconnectException("the broker of this process has been closed");
        }
        queue.add(new Entry(record, told));
    }

    private void run() {
        List<Entry> entries = new ArrayList<>();
        while (true) {
            entries.clear();
            try {
                entries.add(queue.take());
            } catch (InterruptedException nobodyDoes) {
                continue;
            }
            queue.drainTo(entries, MOST_AT_ONCE);
            boolean last = entries.remove(Entry.LAST);
            appends.append(entries);
            if (last) {
                return;
            }
        }
    }

    /// Appends what waits, and takes nothing more.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            boolean interrupted = Thread.interrupted();
            try {
                queue.add(Entry.LAST);
                thread.join(10_000);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
