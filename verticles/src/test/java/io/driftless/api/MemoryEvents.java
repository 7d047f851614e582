package io.driftless.api;

import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Topics of two partitions in memory, read by one thread per reading.
final class MemoryEvents implements EventSource {
    private final List<StoredEvent> log = new ArrayList<>();

    synchronized StoredEvent say(Event event, String chain) {
        Topic topic = Topic.of(event);
        int partition = RecordKey.partition(event.key(), 2);
        long offset = log.stream()
                .filter(e -> e.topic() == topic && e.partition() == partition)
                .count();
        Envelope envelope = new Envelope("id-" + log.size(), "/test", Instant.EPOCH, chain, null, event);
        StoredEvent stored = new StoredEvent(topic, partition, offset, event.key(), 100, envelope);
        log.add(stored);
        notifyAll();
        return stored;
    }

    @Override
    public Reading read(Positions from, Consumer<StoredEvent> handler) {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                for (int next = 0; ; next++) {
                    StoredEvent event = await(next);
                    if (!from.passed(event)) {
                        handler.accept(event);
                    }
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
        return thread::interrupt;
    }

    private synchronized StoredEvent await(int index) throws InterruptedException {
        while (log.size() <= index) {
            wait();
        }
        return log.get(index);
    }
}
