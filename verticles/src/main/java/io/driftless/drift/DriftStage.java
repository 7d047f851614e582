package io.driftless.drift;

import io.driftless.stage.Performer;
import io.driftless.stage.StageDefinition;

/// The drift stage: how it decides. It has no edge of its own and asks nobody for anything.
public final class DriftStage {
    public StageDefinition<Void, Void> definition() {
        return DriftLogic.definition();
    }

    public Performer<Void, Void> performer() {
        return (application, task) -> {
            throw new IllegalStateException("the drift stage asks for no tasks, yet got one for " + application);
        };
    }
}
