package io.driftless.observe;

import io.driftless.events.Topic;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.StageDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Whether a cluster is to be watched: as long as it is declared. The assignment of `clusters` decides by whom.
final class ObserveLogic implements Logic<ObserveLogic.Follow, ObserveLogic.Following> {
    /// Watch this cluster from now on, or no longer.
    record Follow(boolean wanted) {}

    /// The edge has taken a [Follow] in.
    record Following(boolean wanted) {}

    private boolean declared;
    private boolean asked;

    static StageDefinition<Follow, Following> definition() {
        return new StageDefinition<>("observe", Set.of(Topic.CLUSTERS), Set.of(), server -> new ObserveLogic(), 4);
    }

    @Override
    public void fold(Fact fact) {
        declared = fact.envelope() != null;
    }

    @Override
    public void finished(Following outcome) {
        // Following is a state of the edge; nothing depends on when it begins.
    }

    @Override
    public Decision<Follow> decide(Instant now) {
        if (declared == asked) {
            return Decision.nothing();
        }
        asked = declared;
        return new Decision<>(List.of(), List.of(new Follow(declared)), null);
    }

    @Override
    public boolean forgettable() {
        return !declared && !asked;
    }
}
