package io.driftless.api;

import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Topics of two partitions in memory, read by one thread per reading.
final class MemoryEvents implements EventSource {
    private final List<StoredEvent> log = new ArrayList<>();
    /// How many each reading has handled.
    private final Map<Thread, Integer> handled = new ConcurrentHashMap<>();

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
        Thread thread = Thread.ofVirtual().unstarted(() -> {
            try {
                for (int next = 0; ; next++) {
                    StoredEvent event = await(next);
                    if (!from.passed(event)) {
                        handler.accept(event);
                    }
                    handled.replace(Thread.currentThread(), next + 1);
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
        handled.put(thread, 0);
        thread.start();
        return () -> {
            handled.remove(thread);
            thread.interrupt();
        };
    }

    /// Whether all that was said has been handled by all who read.
    synchronized boolean delivered() {
        return handled.values().stream().allMatch(count -> count == log.size());
    }

    private synchronized StoredEvent await(int index) throws InterruptedException {
        while (log.size() <= index) {
            wait();
        }
        return log.get(index);
    }
}
