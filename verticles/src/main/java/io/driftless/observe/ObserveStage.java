package io.driftless.observe;

import io.driftless.cluster.Clusters;
import io.driftless.events.Topic;
import io.driftless.redact.Redaction;
import io.driftless.stage.EventReader;
import io.driftless.stage.OrderedWriter;
import io.driftless.stage.StageHandle;
import io.driftless.stage.StageRuntime;
import java.time.Duration;
import java.util.Set;

/// Runs the observe stage: watches the clusters of the partitions of `clusters` that this instance is assigned.
public final class ObserveStage implements AutoCloseable {
    private static final String NAME = "observe";
    /// Own publications come back this way; only what other stages wish to see watched is news.
    private static final Duration PACE = Duration.ofMillis(20);

    private final OrderedWriter writer;
    private final Observers observers;
    private final EventReader reader;
    private final StageHandle<ObserveLogic.Following> handle;

    private ObserveStage(
            OrderedWriter writer, Observers observers, EventReader reader, StageHandle<ObserveLogic.Following> handle) {
        this.writer = writer;
        this.observers = observers;
        this.reader = reader;
        this.handle = handle;
    }

    /// Starts it; returns at once.
    ///
    /// @param controlPlaneNamespace namespace of Applications whose tracking ids carry their bare name
    public static ObserveStage start(
            StageRuntime runtime, Clusters clusters, String controlPlaneNamespace, Redaction redaction) {
        OrderedWriter writer = runtime.orderedWriter(NAME);
        Observers observers = new Observers(clusters, controlPlaneNamespace, redaction, writer::publish);
        EventReader reader = runtime.reader(
                NAME,
                new EventReader.Request(
                        Set.of(Topic.APPLICATIONS, Topic.DESIRED, Topic.REVISIONS, Topic.LIVE, Topic.CHILDREN),
                        new EventReader.From.Beginning(),
                        read -> observers.fold(read.fact()),
                        PACE));
        StageHandle<ObserveLogic.Following> handle = runtime.start(ObserveLogic.definition(), (server, follow) -> {
            observers.follow(server, follow.wanted());
            return new ObserveLogic.Following(follow.wanted());
        });
        observers.ownedBy(handle::owns);
        handle.onOwnershipChange(observers::retain);
        Thread.startVirtualThread(
                () -> reader.caughtUp().thenRun(observers::caughtUp).join());
        return new ObserveStage(writer, observers, reader, handle);
    }

    /// The stage as its runtime sees it.
    public StageHandle<?> handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
        observers.close();
        reader.close();
        writer.close();
    }
}
