package io.driftless.drift;

import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which answers are worth a record of their own. While an application is synced its objects become right one by one,
/// each with some changes of status behind it; said one by one that would be most of what the pipeline says.
final class Urgency {
    /// How long an answer that may wait is held back, so that those that follow are said with it.
    static final Duration PATIENCE = Duration.ofMillis(20);

    private Urgency() {}

    /// True if nothing is to be done about what changed: the application stands where it stood, and every resource that
    /// differs from what was said is as Git wants it.
    static boolean mayWait(ApplicationCompared said, ApplicationCompared answer) {
        return said.status() == answer.status()
                && said.health().equals(answer.health())
                && said.generation() == answer.generation()
                && said.revision().equals(answer.revision())
                && said.render().equals(answer.render())
                && said.cluster().equals(answer.cluster())
                && said.conditions().equals(answer.conditions())
                && sameOrSynced(said.resources(), answer.resources());
    }

    private static boolean sameOrSynced(List<ResourceVerdict> said, List<ResourceVerdict> answer) {
        Map<ResourceId, ResourceVerdict> before =
                said.stream().collect(Collectors.toMap(ResourceVerdict::resource, Function.identity(), (a, b) -> b));
        for (ResourceVerdict verdict : answer) {
            ResourceVerdict known = before.remove(verdict.resource());
            if (!verdict.equals(known) && (known == null || verdict.status() != SyncStatus.SYNCED)) {
                return false;
            }
        }
        return before.isEmpty();
    }
}
