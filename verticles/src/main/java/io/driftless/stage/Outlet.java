package io.driftless.stage;

import io.vertx.kafka.client.producer.KafkaProducer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where records leave: a producer, or the log of the broker in this process as long as that takes
/// them. A round trip to a broker wakes five threads, which on a small machine is most of what a
/// record costs.
///
/// What the log does not take goes by the producer, and so does all that follows; nothing overtakes.
final class Outlet {
    /// How many KiB may wait for the log; whoever says more waits, as at a producer whose buffer is full.
    private static final int ROOM = 32 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private final Supplier<KafkaProducer<String, byte[]>> maker;
    private final Queue<Letter> held = new ArrayDeque<>();
    private final Semaphore room = new Semaphore(ROOM);
    private @Nullable NearLog near;
    /// Whether all goes by the producer, and nothing has to be waited for.
    private volatile boolean direct;
    private @Nullable KafkaProducer<String, byte[]> producer;
    /// How many the log has not answered for.
    private int underWay;
    private boolean closed;

    private record Letter(ProducerRecord<String, byte[]> record, Callback told) {
        int room() {
            byte[] value = record.value();
            return Math.min(ROOM, 1 + (value == null ? 0 : value.length / 1024));
        }
    }

    /// @param maker asked once, when the producer is needed
    /// @param near null for a broker elsewhere
    Outlet(Supplier<KafkaProducer<String, byte[]>> maker, @Nullable NearLog near) {
        this.maker = maker;
        this.near = near;
        this.direct = near == null;
    }

    /// Sends a record, in the order in which each thread calls. `told` is called when it is acknowledged or refused.
    void send(ProducerRecord<String, byte[]> record, Callback told) {
        if (direct || !nearby(new Letter(record, told))) {
            // It may wait for the broker.
            producer().unwrap().send(record, told);
        }
    }

    /// Whether the log takes it, or it waits for what the log has to answer for.
    private boolean nearby(Letter letter) {
        // Not under the lock: the log needs that to make room. Whoever is interrupted may still say what fits.
        try {
            if (!room.tryAcquire(letter.room())) {
                room.acquire(letter.room());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        synchronized (this) {
            NearLog log = near;
            if (log != null && handedOver(log, letter)) {
                return true;
            }
            room.release(letter.room());
            if (underWay > 0) {
                held.add(letter);
                return true;
            }
            direct = true;
        }
        return false;
    }

    private boolean handedOver(NearLog log, Letter letter) {
        underWay++;
        try {
            log.append(letter.record(), (where, failure) -> {
                room.release(letter.room());
                try {
                    if (failure == null) {
                        letter.told().onCompletion(where, null);
                    }
                } finally {
                    answered(letter, failure);
                }
            });
            return true;
        } catch (RuntimeException e) {
            underWay--;
            leave(letter, e);
            return false;
        }
    }

    private void leave(Letter letter, Exception why) {
        if (near != null) {
            LOG.warn(
                    "a record of {} goes to the broker by a connection: {}",
                    letter.record().topic(),
                    why.toString());
            near = null;
        }
    }

    private synchronized void answered(Letter letter, @Nullable Exception failure) {
        underWay--;
        if (failure != null) {
            leave(letter, failure);
            resend(letter);
        }
        if (underWay == 0) {
            held.forEach(this::resend);
            held.clear();
            direct = near == null;
        }
    }

    private void resend(Letter letter) {
        try {
            producer().unwrap().send(letter.record(), letter.told());
        } catch (RuntimeException e) {
            letter.told().onCompletion(null, e);
        }
    }

    private synchronized KafkaProducer<String, byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("this writer was closed");
        }
        KafkaProducer<String, byte[]> known = producer;
        if (known == null) {
            known = maker.get();
            producer = known;
        }
        return known;
    }

    /// Whether there is a connection to the broker, or no need of one.
    synchronized boolean connected() {
        return near != null
                || producer != null && KafkaClients.connected(producer.unwrap().metrics());
    }

    /// Waits for what is under way by the producer; what the log has it answers for.
    void close(Duration limit) {
        KafkaProducer<String, byte[]> made;
        synchronized (this) {
            closed = true;
            near = null;
            made = producer;
        }
        if (made != null) {
            made.unwrap().close(limit);
            made.close();
        }
    }
}
