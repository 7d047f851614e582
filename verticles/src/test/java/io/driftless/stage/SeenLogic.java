package io.driftless.stage;

import io.driftless.events.ClusterEvent.ClusterDeclared;
import io.driftless.events.Envelope;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.events.PushEvent;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A logic for tests: remembers in a table which refs of its subject were pushed, and performs those that begin with
/// `task`. Minds only subjects that begin with the name of its stage, so that tests share a broker.
final class SeenLogic implements Logic<String, String> {
    private final String subject;
    private final Set<String> seen = new LinkedHashSet<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private String chain = "";
    private boolean news;

    private final boolean relevant;

    private SeenLogic(String stage, String subject) {
        this.relevant = subject.startsWith(stage + "/");
        this.subject = subject;
    }

    static StageDefinition<String, String> definition(String name) {
        return new StageDefinition<>(
                name,
                Set.of(Topic.CLUSTERS, Topic.LIVE),
                Set.of(Topic.PUSHES),
                subject -> new SeenLogic(name, subject),
                2);
    }

    static Publication push(String subject, String ref) {
        return Publication.of(
                new RepositoryPushed(subject, ref, null, null, null, PushEvent.Origin.POLL, "generic"), "");
    }

    @Override
    public void fold(Fact fact) {
        Envelope envelope = fact.envelope();
        if (envelope == null || !relevant) {
            return;
        }
        switch (envelope.event()) {
            case RepositoryPushed push -> {
                if (push.ref().equals("poison")) {
                    throw new IllegalStateException("cannot stand this");
                }
                chain = envelope.chain();
                news |= seen.add(push.ref());
            }
            case ClusterDeclared table -> seen.addAll(table.namespaces());
            case ClusterUnreachable unreachable -> news |= warnings.add(unreachable.cluster());
            default -> {}
        }
    }

    @Override
    public boolean forgettable() {
        return !relevant;
    }

    @Override
    public void finished(String outcome) {
        news |= seen.add(outcome);
    }

    @Override
    public Decision<String> decide(Instant now) {
        List<String> tasks = new ArrayList<>();
        for (String ref : seen) {
            if (ref.startsWith("task") && !seen.contains("done " + ref) && asked.add(ref)) {
                tasks.add(ref);
            }
        }
        if (!news && tasks.isEmpty()) {
            return Decision.nothing();
        }
        news = false;
        String warned = String.join(",", warnings);
        String secret = seen.contains("huge") ? "x".repeat(Limits.RECORD_BYTES) : warned;
        return new Decision<>(
                List.of(Publication.of(new ClusterDeclared(subject, subject, secret, List.copyOf(seen)), chain)),
                tasks,
                null);
    }
}
