package io.driftless.simulation;

import io.driftless.events.Topic;
import io.driftless.simulation.Slice.Subject;
import io.driftless.stage.StageDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What an instance has taken in: its partitions, how far each topic of them was read, and whom that concerns.
final class Intake<T, O> {
    private final Member<T, O> member;
    private final World world;
    private final StageDefinition<T, O> definition;
    private final Progress progress;
    private final List<Topic> topics = new ArrayList<>();
    private final long[] positions = new long[Log.PLACES];
    final Map<Integer, Slice<T, O>> slices = new TreeMap<>();
    final Set<Subject<T, O>> touched = new LinkedHashSet<>();

    Intake(Member<T, O> member, Progress progress) {
        this.member = member;
        this.world = member.world;
        this.definition = member.definition;
        this.progress = progress;
        topics.addAll(definition.tables());
        topics.addAll(definition.events());
        topics.sort(null);
    }

    /// Takes in some records of each partition, in the order of each.
    boolean poll(int most) {
        boolean any = false;
        int first = topics.isEmpty() ? 0 : world.chance.below(topics.size());
        for (int i = 0; i < topics.size() && most > 0; i++) {
            Topic topic = topics.get((first + i) % topics.size());
            for (Slice<T, O> slice : List.copyOf(slices.values())) {
                int place = Log.place(topic, slice.partition);
                int count = most == Integer.MAX_VALUE ? most : world.chance.below(most + 1);
                while (count-- > 0 && positions[place] < world.log.end(place)) {
                    Log.Entry entry = world.log.from(place, positions[place]);
                    any = true;
                    if (entry == null) {
                        positions[place] = world.log.end(place);
                    } else {
                        positions[place] = entry.offset() + 1;
                        take(slice, topic, new Slice.Held(place, entry));
                    }
                }
            }
        }
        return any;
    }

    private void take(Slice<T, O> slice, Topic topic, Slice.Held record) {
        if (!slice.ready && !definition.tables().contains(topic)) {
            slice.held.add(record);
        } else {
            fold(slice, record);
        }
    }

    private void fold(Slice<T, O> slice, Slice.Held record) {
        try {
            slice.fold(record.entry().fact(), touched);
        } catch (RuntimeException e) {
            throw world.violated("A logic takes in every record", member.name + " refused " + record.entry(), e);
        }
        progress.taken(record.place(), record.entry().offset() + 1);
    }

    /// Partitions whose tables have been read to where they ended take in what was held back meanwhile.
    void settle() {
        for (Slice<T, O> slice : List.copyOf(slices.values())) {
            if (!slice.ready) {
                slice.unread.entrySet().removeIf(table -> positions[table.getKey()] >= table.getValue());
                if (slice.unread.isEmpty()) {
                    ready(slice);
                }
            }
        }
    }

    private void ready(Slice<T, O> slice) {
        slice.ready = true;
        touched.addAll(slice.subjects.values());
        while (!slice.held.isEmpty()) {
            fold(slice, slice.held.remove());
        }
        slice.heldNews.forEach(Runnable::run);
        slice.heldNews.clear();
        member.edge.ownershipChanged();
    }

    void add(int partition) {
        Slice<T, O> slice = new Slice<>(partition, definition.logic());
        slices.put(partition, slice);
        long[] committed = world.log.committed(definition.name());
        for (Topic topic : topics) {
            int place = Log.place(topic, partition);
            boolean table = definition.tables().contains(topic);
            positions[place] = table ? 0 : committed[place];
            if (table && world.log.end(place) > 0) {
                slice.unread.put(place, world.log.end(place));
            }
        }
    }

    void drop(int partition) {
        Slice<T, O> slice = slices.remove(partition);
        if (slice != null) {
            slice.dropped = true;
        }
        progress.forget(
                topics.stream().map(topic -> Log.place(topic, partition)).toList());
    }
}
