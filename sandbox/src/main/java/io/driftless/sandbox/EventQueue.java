package io.driftless.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.Store.Key;
import io.driftless.sandbox.model.ApiError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What controllers have to tell, written when they have nothing else to do: nobody waits longer for a pod because of
/// an Event. Used by one thread alone.
final class EventQueue {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

    /// A real server forgets events after an hour; here it is the number that counts.
    private static final int KEPT = 5_000;

    private static final int MOST_WAITING = 5_000;
    private final Function<ObjectNode, Key> write;
    private final Consumer<Key> forget;
    private final Deque<ObjectNode> waiting = new ArrayDeque<>();
    private final Deque<Key> written = new ArrayDeque<>();

    EventQueue(Function<ObjectNode, Key> write, Consumer<Key> forget) {
        this.write = write;
        this.forget = forget;
    }

    /// Where too many wait, the first one waits no longer.
    void add(ObjectNode event) {
        waiting.add(event);
        if (waiting.size() > MOST_WAITING) {
            writeNext();
        }
    }

    /// Writes the one that waits longest; false where none does. One that cannot be, as in a
    /// namespace that is going, is left out. The oldest of those that were written go after a
    /// while.
    boolean writeNext() {
        ObjectNode event = waiting.poll();
        if (event == null) {
            return false;
        }
        try {
            written.add(write.apply(event));
            if (written.size() > KEPT) {
                forget.accept(written.remove());
            }
        } catch (ApiError e) {
            LOG.debug("an event is left out: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the event {} cannot be written", event, e);
        }
        return true;
    }
}
