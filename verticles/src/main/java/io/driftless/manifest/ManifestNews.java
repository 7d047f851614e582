package io.driftless.manifest;

import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.Commit;
import io.driftless.events.DesiredEvent.ResourceRendered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the edge of the manifest stage tells the logic of an application.
public sealed interface ManifestNews {

    /// The target revision of the application moved to this commit, and something it reads changed.
    record HeadMoved(String revision, String chain, long fetchMicros) implements ManifestNews {}

    /// Something may have changed: ask the repository.
    record LookAgain(String chain) implements ManifestNews {}

    /// What came of an [RenderTask.Order]; refusals say why nothing did.
    record Answered(String operation, String revision, List<ResourceRendered> resources, List<Condition> refusals)
            implements ManifestNews {}

    /// The outcome of a [RenderTask] of this generation.
    sealed interface Outcome extends ManifestNews {
        long generation();
    }

    /// A render is complete.
    record Rendered(
            long generation,
            String revision,
            String sourceType,
            Commit commit,
            List<ResourceRendered> resources,
            List<Condition> warnings,
            String chain,
            long fetchMicros,
            long renderMicros)
            implements Outcome {}

    /// The render in force is what this revision gives too.
    record StillValid(long generation, String revision) implements Outcome {}

    /// No render was possible. `mayPass` tells an unreachable repository from a broken manifest: the first is
    /// tried again, the second waits for a new commit.
    record Refused(
            long generation, @Nullable String revision, List<Condition> conditions, boolean mayPass, String chain)
            implements Outcome {}
}
