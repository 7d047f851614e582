package io.driftless.simulation;

import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The topics as a broker keeps them: partitions in order, tables that can be compacted, committed offsets.
///
/// A *place* is one partition of one topic, as a number.
final class Log {
    static final int PARTITIONS = 2;
    static final int PLACES = Topic.values().length * PARTITIONS;

    record Entry(long offset, Fact fact) {}

    private final List<List<Entry>> places = new ArrayList<>();
    private final long[] ends = new long[PLACES];
    private final Map<String, long[]> committed = new HashMap<>();

    Log() {
        for (int i = 0; i < PLACES; i++) {
            places.add(new ArrayList<>());
        }
    }

    static int place(Topic topic, int partition) {
        return topic.ordinal() * PARTITIONS + partition;
    }

    void append(int place, Fact fact) {
        places.get(place).add(new Entry(ends[place]++, fact));
    }

    long end(int place) {
        return ends[place];
    }

    /// The first record that is still there at or after a position; null at the end.
    @Nullable
    Entry from(int place, long position) {
        List<Entry> entries = places.get(place);
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).offset() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < entries.size() ? entries.get(low) : null;
    }

    /// Keeps the last record of each key; of keys that are gone nothing if `tombstonesToo`. The newest records stay as
    /// they are, like the active segment of a real log.
    void compact(int place, int active, boolean tombstonesToo) {
        List<Entry> entries = places.get(place);
        Set<String> later = new HashSet<>();
        List<Entry> kept = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            boolean newest = later.add(entry.fact().key());
            boolean tombstone = entry.fact().envelope() == null;
            if (entries.size() - i <= active || (newest && !(tombstone && tombstonesToo))) {
                kept.add(entry);
            }
        }
        places.set(place, new ArrayList<>(kept.reversed()));
    }

    long[] committed(String group) {
        return committed.computeIfAbsent(group, _ -> new long[PLACES]);
    }

    /// The last record of each key of a table, over all partitions.
    Map<String, Fact> table(Topic topic) {
        Map<String, Fact> last = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (Entry entry : places.get(place(topic, partition))) {
                if (entry.fact().envelope() == null) {
                    last.remove(entry.fact().key());
                } else {
                    last.put(entry.fact().key(), entry.fact());
                }
            }
        }
        return last;
    }
}
