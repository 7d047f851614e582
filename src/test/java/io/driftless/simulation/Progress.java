package io.driftless.simulation;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// How far an instance has come: an offset may be committed when everything said because of the records up to it is
/// acknowledged. The same as the runtime's class of this name.
final class Progress {
    private final Deque<Round> rounds = new ArrayDeque<>();
    private final Map<Integer, Long> committable = new HashMap<>();
    private Round current = new Round();

    /// Records taken in together.
    static final class Round {
        private final Map<Integer, Long> positions = new HashMap<>();
        int open;
    }

    void taken(int place, long next) {
        current.positions.put(place, next);
    }

    Round sending() {
        current.open++;
        return current;
    }

    /// @param early whether offsets may be committed before what was said is acknowledged, which they must not
    void endRound(boolean early) {
        if (!current.positions.isEmpty() || current.open > 0) {
            rounds.add(current);
            current = new Round();
        }
        while (!rounds.isEmpty() && (early || rounds.element().open == 0)) {
            committable.putAll(rounds.remove().positions);
        }
    }

    Map<Integer, Long> takeCommittable() {
        Map<Integer, Long> offsets = Map.copyOf(committable);
        committable.clear();
        return offsets;
    }

    boolean hasCommittable() {
        return !committable.isEmpty();
    }

    void forget(Collection<Integer> places) {
        committable.keySet().removeAll(places);
        rounds.forEach(round -> round.positions.keySet().removeAll(places));
        current.positions.keySet().removeAll(places);
    }
}
