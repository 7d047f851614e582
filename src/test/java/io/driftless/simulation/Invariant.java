package io.driftless.simulation;

import io.driftless.notification.Notification;
import io.driftless.stage.Fact;
import io.driftless.sync.SyncTask;
import java.util.List;

/// Something that is true of every run. It looks at each record, write and notification as it happens, and at the whole
/// world once that has come to rest.
interface Invariant {
    /// What is promised, as a sentence.
    String promise();

    /// A record was added to a topic.
    default void said(World world, Fact fact) {}

    /// A cluster took a write of the sync stage.
    ///
    /// @param subject the application that the stage wrote for
    default void wrote(World world, Written written, String subject, SyncTask task) {}

    default void told(World world, Notification notification) {}

    default void atRest(World world) {}

    default Violation violated(World world, String how) {
        return world.violated(promise(), how, null);
    }

    static List<Invariant> all() {
        return List.of(
                new WritesAreFenced(),
                new WritesFollowIntents(),
                new ValuesNeverGoBack(),
                new PruningHasEvidence(),
                new NothingIsDoneTwice(),
                new OperationsFollowEachOther(),
                new RequestsComeToOneEnd(),
                new TransitionsAreToldOnce(),
                new DeclarationsAreKnown(),
                new TheNewestCommitIsRendered(),
                new VerdictsAreTrue(),
                new TheClusterIsAsGitSays(),
                new StatusIsTrue(),
                new TheDeletedLeaveNothing(),
                new EverythingIsTakenIn());
    }
}
