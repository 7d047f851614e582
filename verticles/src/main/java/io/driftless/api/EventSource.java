package io.driftless.api;

import java.util.function.Consumer;

/// Where records can be read from, each partition in order.
public interface EventSource {
    /// Reads all topics from these positions (partitions that are not named: from their beginning) until it is
    /// closed. The handler is called on one thread, which it may block.
    Reading read(Positions from, Consumer<StoredEvent> handler);

    /// A running reading.
    interface Reading extends AutoCloseable {
        /// Ends it; may be called from the handler.
        @Override
        void close();
    }
}
