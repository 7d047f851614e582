package io.driftless.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The newest events in the order they were read, a bounded number of them. Whoever reads it keeps a cursor and
/// is woken when there is more; who falls behind its oldest event has to resume elsewhere.
final class EventRing {
    private static final int CHUNK = 64;
    private final int mostEvents;
    private final long mostBytes;
    private final Deque<StoredEvent> events = new ArrayDeque<>();
    private final Positions base = Positions.none();
    private final Positions end = Positions.none();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long first;
    private long bytes;

    EventRing(int mostEvents, long mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    void add(StoredEvent event) {
        synchronized (this) {
            events.addLast(event);
            end.advance(event);
            bytes += event.bytes();
            while (events.size() > mostEvents || bytes > mostBytes && events.size() > 1) {
                StoredEvent oldest = events.removeFirst();
                base.advance(oldest);
                bytes -= oldest.bytes();
                first++;
            }
        }
        listeners.forEach(Runnable::run);
    }

    /// Events from the cursor on, a few at a time.
    ///
    /// @param missed whether events between the cursor and these are gone
    /// @param next the cursor after them
    record Chunk(List<StoredEvent> events, boolean missed, long next) {}

    synchronized Chunk from(long cursor) {
        if (cursor < first) {
            return new Chunk(List.of(), true, cursor);
        }
        List<StoredEvent> chunk = new ArrayList<>();
        if (cursor < first + events.size()) {
            events.stream().skip(cursor - first).limit(CHUNK).forEach(chunk::add);
        }
        return new Chunk(chunk, false, cursor + chunk.size());
    }

    /// Where to begin.
    ///
    /// @param cursor of the first event that is not behind `positions`
    record Start(long cursor, Positions positions) {}

    /// Behind the newest event, or `recent` events before.
    synchronized Start end(int recent) {
        long back = Math.min(recent, events.size());
        Positions positions = end.copy();
        List<StoredEvent> list = new ArrayList<>(events);
        for (int i = list.size() - 1; i >= list.size() - back; i--) {
            StoredEvent event = list.get(i);
            positions.set(event.topic(), event.partition(), event.offset());
        }
        return new Start(first + events.size() - back, positions);
    }

    /// Whether everything after `positions` is still here, so that one may go on from cursor [#oldest()].
    synchronized boolean holdsAllAfter(Positions positions) {
        return positions.reaches(base);
    }

    synchronized long oldest() {
        return first;
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }
}
