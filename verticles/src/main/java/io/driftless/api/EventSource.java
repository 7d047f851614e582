package io.driftless.api;

import io.driftless.events.Topic;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Where records can be read from, each partition in order.
public interface EventSource {
    /// Reads all topics from these positions (partitions that are not named: from their beginning) until it is
    /// closed. The handler is called on one thread, which it may block.
    Reading read(Positions from, Consumer<StoredEvent> handler);

    /// Reads a few topics from their beginning without waiting for more to come together: for what somebody waits for.
    default Reading follow(Set<Topic> topics, Consumer<StoredEvent> handler) {
        return read(Positions.none(), event -> {
            if (topics.contains(event.topic())) {
                handler.accept(event);
            }
        });
    }

    /// Done once the readings that began first, one of each way, have reached what was the end then.
    default CompletableFuture<Void> caughtUp() {
        return CompletableFuture.completedFuture(null);
    }

    /// A running reading.
    interface Reading extends AutoCloseable {
        /// Ends it; may be called from the handler.
        @Override
        void close();
    }
}
