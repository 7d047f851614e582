package io.driftless.manifest.web;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files read lately, within a bound of memory: those used longest ago are forgotten first.
final class WebCache {
    private static final int MOST_SLOTS = 10_000;

    private record Key(String url, boolean trusted) {}

    /// The place of one file. Its lock lets one caller ask while the others wait for the answer.
    static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable WebContent content;
        private volatile long asked;
        private boolean dropped;

        ReentrantLock lock() {
            return lock;
        }

        @Nullable
        WebContent content() {
            return content;
        }

        boolean askedWithin(Duration age) {
            return content != null && System.nanoTime() - asked < age.toNanos();
        }
    }

    private final long mostBytes;
    private final Map<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    WebCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized Slot slot(String url, boolean trusted) {
        return slots.computeIfAbsent(new Key(url, trusted), key -> new Slot());
    }

    synchronized void keep(Slot slot, WebContent content) {
        slot.asked = System.nanoTime();
        if (!slot.dropped) {
            bytes += content.bytes().length - size(slot);
        }
        slot.content = content;
        Iterator<Slot> eldest = slots.values().iterator();
        while ((bytes > mostBytes || slots.size() > MOST_SLOTS) && eldest.hasNext()) {
            Slot old = eldest.next();
            old.dropped = true;
            bytes -= size(old);
            eldest.remove();
        }
    }

    private static int size(Slot slot) {
        WebContent known = slot.content();
        return known == null ? 0 : known.bytes().length;
    }
}
