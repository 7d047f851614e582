package io.driftless.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Clusters;
import io.driftless.stage.Performer;
import io.driftless.stage.StageDefinition;
import java.util.function.Function;

/// The sync stage: how it decides, and who writes to clusters for it. It has no edge of its own.
public final class SyncStage {
    private final Clusters clusters;
    private final Function<String, JsonNode> open;

    /// @param clusters the clusters that may be written to
    /// @param open opens sealed manifests of Secrets
    public SyncStage(Clusters clusters, Function<String, JsonNode> open) {
        this.clusters = clusters;
        this.open = open;
    }

    public StageDefinition<SyncTask, SyncOutcome> definition() {
        StageDefinition<SyncTask, SyncOutcome> plain = SyncLogic.definition();
        return new StageDefinition<>(
                plain.name(),
                plain.tables(),
                plain.events(),
                subject -> new RefusalsTold<>(plain.logic().apply(subject)),
                plain.concurrency(),
                plain.pace());
    }

    public Performer<SyncTask, SyncOutcome> performer() {
        return new SyncPerformer(clusters, open);
    }
}
