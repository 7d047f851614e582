package io.driftless.sandbox;

import io.driftless.sandbox.Store.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The last changes of one type, for watches that resume. Bounded by number and by size.
final class History {
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private final int limit;
    private final ArrayDeque<Past> events = new ArrayDeque<>();
    private long bytes;
    private long forgotten;

    /// A change, and about how much memory the state before it takes, which nothing else keeps.
    private record Past(Event event, int size) {}

    History(int limit) {
        this.limit = limit;
    }

    /// The version up to which changes are forgotten.
    long forgotten() {
        return forgotten;
    }

    void add(Event event) {
        Stored before = event.before();
        Past past = new Past(event, before == null ? 64 : before.size());
        events.addLast(past);
        bytes += past.size();
        while (events.size() > limit || (bytes > MAX_BYTES && events.size() > 1)) {
            Past oldest = events.removeFirst();
            bytes -= oldest.size();
            forgotten = oldest.event().version();
        }
    }

    /// The changes after a version, the oldest first.
    List<Event> since(long version) {
        List<Event> out = new ArrayList<>();
        var newestFirst = events.descendingIterator();
        while (newestFirst.hasNext()) {
            Event event = newestFirst.next().event();
            if (event.version() <= version) {
                break;
            }
            out.add(event);
        }
        return out.reversed();
    }

    /// Forgets everything up to a version.
    void forget(long version) {
        events.clear();
        bytes = 0;
        forgotten = version;
    }
}
