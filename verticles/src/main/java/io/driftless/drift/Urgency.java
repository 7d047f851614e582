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

    /// The same for an answer in which every status is what it was: only what is counted, and its version, went on.
    static final Duration LONG_PATIENCE = Duration.ofMillis(100);

    private Urgency() {}

    /// How long the answer may be held back after what was said; zero if something is to be done about it: unless the
    /// application stands where it stood, and every resource that differs from what was said is as Git wants it.
    static Duration patience(ApplicationCompared said, ApplicationCompared answer) {
        boolean stands = said.status() == answer.status()
                && said.health().status() == answer.health().status()
                && said.generation() == answer.generation()
                && said.revision().equals(answer.revision())
                && said.render().equals(answer.render())
                && said.cluster().equals(answer.cluster())
                && said.conditions().equals(answer.conditions());
        return stands ? patience(said.resources(), answer.resources()) : Duration.ZERO;
    }

    private static Duration patience(List<ResourceVerdict> said, List<ResourceVerdict> answer) {
        Map<ResourceId, ResourceVerdict> before =
                said.stream().collect(Collectors.toMap(ResourceVerdict::resource, Function.identity(), (a, b) -> b));
        Duration patience = LONG_PATIENCE;
        for (ResourceVerdict verdict : answer) {
            ResourceVerdict known = before.remove(verdict.resource());
            if (verdict.equals(known)) {
                continue;
            }
            if (known == null || verdict.status() != SyncStatus.SYNCED) {
                return Duration.ZERO;
            }
            if (known.status() != SyncStatus.SYNCED
                    || known.health().status() != verdict.health().status()) {
                patience = PATIENCE;
            }
        }
        return before.isEmpty() ? patience : Duration.ZERO;
    }
}
