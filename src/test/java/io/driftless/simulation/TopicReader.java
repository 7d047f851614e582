package io.driftless.simulation;

import io.driftless.events.Topic;
import io.driftless.stage.Fact;
import java.util.List;
import java.util.function.Consumer;

/// Reads every partition of some topics beside all groups, as `EventReader` does.
final class TopicReader {
    private final World world;
    private final List<Integer> places;
    private final Consumer<Fact> handler;
    private final long[] positions = new long[Log.PLACES];
    private final long[] ends = new long[Log.PLACES];

    TopicReader(World world, List<Topic> topics, boolean fromTheBeginning, Consumer<Fact> handler) {
        this.world = world;
        this.handler = handler;
        this.places = topics.stream()
                .flatMap(topic -> java.util.stream.IntStream.range(0, Log.PARTITIONS)
                        .mapToObj(partition -> Log.place(topic, partition)))
                .toList();
        for (int place : places) {
            ends[place] = world.log.end(place);
            positions[place] = fromTheBeginning ? 0 : ends[place];
        }
    }

    boolean caughtUp() {
        return places.stream().allMatch(place -> positions[place] >= ends[place]);
    }

    /// Hands over the next record of some partition. False when all have been read.
    boolean step() {
        int first = world.chance.below(places.size());
        for (int i = 0; i < places.size(); i++) {
            int place = places.get((first + i) % places.size());
            if (positions[place] < world.log.end(place)) {
                Log.Entry entry = world.log.from(place, positions[place]);
                positions[place] = entry == null ? world.log.end(place) : entry.offset() + 1;
                if (entry != null) {
                    handler.accept(entry.fact());
                }
                return true;
            }
        }
        return false;
    }
}
