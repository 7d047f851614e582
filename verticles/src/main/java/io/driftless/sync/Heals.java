package io.driftless.sync;

import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.FieldDifference;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When drift of a revision that was synced before is healed.
///
/// The rule: drift is healed at once, however often it happens, as long as each is a change of its own. A heal did not
/// hold when a resource it wrote differs again *in the same way* within [#HOLDS] of its end: somebody in the cluster
/// works against Git. Then the next one waits 2 s, 6 s, 18 s … up to 5 minutes, until one holds. Beside that no
/// application is healed more than [#BURST] times in [#PERIOD], whatever the changes look like.
///
/// The counter of heals in a row is in the record of the operation; what the differences looked like is not: after a
/// restart the first drift is taken for a new one.
final class Heals {
    static final Duration HOLDS = Duration.ofSeconds(2);
    static final int BURST = 120;
    static final Duration PERIOD = Duration.ofMinutes(1);

    private final Map<ResourceId, Integer> healed = new HashMap<>();
    private final Deque<Instant> starts = new ArrayDeque<>();
    private @Nullable Instant driftSince;

    /// How many heals in a row did not hold, given the drift there is now.
    ///
    /// @param attempts what the last operation says about itself
    /// @param finishedAt when it ended
    int inARow(ApplicationCompared compared, List<ResourceId> drifted, int attempts, Instant finishedAt, Instant now) {
        if (driftSince == null) {
            driftSince = now;
        }
        boolean again = driftSince.isBefore(finishedAt.plus(HOLDS))
                && compared.resources().stream()
                        .filter(verdict -> drifted.contains(verdict.resource()))
                        .anyMatch(verdict -> Integer.valueOf(likeness(verdict)).equals(healed.get(verdict.resource())));
        return again ? attempts + 1 : 0;
    }

    /// When the next heal may start.
    Instant earliest(int inARow, Instant finishedAt) {
        Instant earliest = inARow == 0 ? Instant.MIN : finishedAt.plus(Backoff.heal(inARow));
        if (starts.size() >= BURST) {
            Instant refilled = starts.getFirst().plus(PERIOD);
            return refilled.isAfter(earliest) ? refilled : earliest;
        }
        return earliest;
    }

    /// There is no drift now.
    void calm() {
        driftSince = null;
    }

    /// A heal of these resources starts.
    void started(ApplicationCompared compared, List<ResourceId> drifted, Instant now) {
        driftSince = null;
        starts.addLast(now);
        if (starts.size() > BURST) {
            starts.removeFirst();
        }
        healed.clear();
        compared.resources().stream()
                .filter(verdict -> drifted.contains(verdict.resource()))
                .forEach(verdict -> healed.put(verdict.resource(), likeness(verdict)));
    }

    private static int likeness(ResourceVerdict verdict) {
        int hash = Boolean.hashCode(verdict.exists());
        for (FieldDifference difference : verdict.differences()) {
            hash = 31 * hash + difference.path().hashCode();
            hash = 31 * hash
                    + (difference.live() == null ? 0 : difference.live().hashCode());
        }
        return hash;
    }
}
