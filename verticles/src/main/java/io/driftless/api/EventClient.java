package io.driftless.api;

import io.driftless.events.Envelope;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One open event stream. It reads the ring at the pace of its client, so nothing is queued for it; a client
/// that falls behind the ring is disconnected and resumes with the id of the last event it got. A client that
/// resumes from longer ago is given Kafka's own records until it has reached the ring.
final class EventClient {
    private static final int QUEUE_BYTES = 512 * 1024;
    private static final int SLOWEST_SECONDS = 60;

    private final RoutingContext request;
    private final HttpServerResponse response;
    private final Context context;
    private final EventFilter filter;
    private final EventRing ring;
    private final EventSource source;
    private final long heartbeatMillis;
    private final BooleanSupplier welcome;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable listener = this::wake;
    private Positions positions = Positions.none();
    private long cursor;
    private long timer = -1;
    private EventSource.@Nullable Reading catchingUp;
    private volatile boolean closed;

    /// @param welcome whether the client may still listen; asked with every heartbeat
    EventClient(
            RoutingContext request,
            EventFilter filter,
            EventRing ring,
            EventSource source,
            Duration heartbeat,
            BooleanSupplier welcome) {
        this.welcome = welcome;
        this.request = request;
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
        this.filter = filter;
        this.ring = ring;
        this.source = source;
        this.heartbeatMillis = heartbeat.toMillis();
    }

    void begin(EventRing.Start start) {
        positions = start.positions();
        cursor = start.cursor();
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        response.write(": driftless\nretry: 2000\n\n");
        request.addEndHandler(ended -> close());
        timer = request.vertx().setPeriodic(heartbeatMillis, id -> beat());
        if (cursor >= 0) {
            follow();
        } else if (ring.holdsAllAfter(positions)) {
            cursor = ring.oldest();
            follow();
        } else {
            catchUp();
        }
    }

    /// From here on the ring is enough.
    private void follow() {
        ring.listen(listener);
        response.drainHandler(drained -> pump());
        if (closed) {
            ring.forget(listener);
        } else {
            pump();
        }
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(now -> pump());
        }
    }

    private void pump() {
        woken.set(false);
        while (!closed && !response.writeQueueFull()) {
            EventRing.Chunk chunk = ring.from(cursor);
            if (chunk.missed()) {
                response.end(": too slow, resume with the last id\n\n");
                close();
                return;
            }
            if (chunk.events().isEmpty()) {
                return;
            }
            cursor = chunk.next();
            chunk.events().forEach(this::give);
        }
    }

    private void give(StoredEvent event) {
        if (positions.passed(event)) {
            return;
        }
        positions.advance(event);
        Envelope envelope = event.envelope();
        if (envelope != null && filter.wants(event)) {
            response.write("id: " + positions + "\nevent: " + envelope.type() + "\ndata: "
                    + CloudEventJson.of(event, envelope) + "\n\n");
        }
    }

    private void beat() {
        if (!closed && !welcome.getAsBoolean()) {
            response.end(": log in again\n\n");
            close();
        } else if (!closed && !response.writeQueueFull()) {
            response.write(": \n\n");
        }
    }

    /// Reads Kafka from where the client was. Each record is handed to the context of the connection, a bounded
    /// number ahead of it, and the reading ends when the ring goes on from there.
    private void catchUp() {
        Semaphore room = new Semaphore(64);
        response.drainHandler(drained -> room.release(Math.max(0, 64 - room.availablePermits())));
        catchingUp = source.read(positions.copy(), event -> {
            try {
                if (closed || !room.tryAcquire(SLOWEST_SECONDS, TimeUnit.SECONDS)) {
                    context.runOnContext(now -> giveUp());
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            context.runOnContext(now -> {
                if (closed || catchingUp == null) {
                    return;
                }
                give(event);
                if (!response.writeQueueFull()) {
                    room.release();
                }
                changeOver();
            });
        });
    }

    private void changeOver() {
        EventSource.Reading reading = catchingUp;
        if (reading != null && ring.holdsAllAfter(positions)) {
            catchingUp = null;
            closeApart(reading);
            cursor = ring.oldest();
            follow();
        }
    }

    private void giveUp() {
        if (!closed) {
            response.end(": too slow, resume with the last id\n\n");
            close();
        }
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        request.vertx().cancelTimer(timer);
        ring.forget(listener);
        EventSource.Reading reading = catchingUp;
        catchingUp = null;
        if (reading != null) {
            closeApart(reading);
        }
    }

    /// Closing waits for the thread of the reader, which an event loop must not.
    private static void closeApart(EventSource.Reading reading) {
        Thread.ofVirtual().name("event-reader-close").start(reading::close);
    }
}
