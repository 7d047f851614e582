package io.driftless.simulation;

import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews;
import io.driftless.manifest.ManifestNews.StillValid;
import io.driftless.manifest.RenderTask;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.StageDefinition;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Logics that break a rule, one for each [Mutation] that is about a decision.
final class Sabotage {
    private Sabotage() {}

    private static <T, O> StageDefinition<T, O> with(
            StageDefinition<T, O> definition, Set<Topic> tables, UnaryOperator<Logic<T, O>> change) {
        return new StageDefinition<>(
                definition.name(),
                tables,
                definition.events(),
                subject -> change.apply(definition.logic().apply(subject)),
                definition.concurrency());
    }

    /// A stage that does not read back what it wrote before it started.
    static <T, O> StageDefinition<T, O> forgetting(World world, StageDefinition<T, O> definition) {
        Topic memory = switch (world.broken) {
            case FORGETS_OPERATIONS -> Topic.OPERATIONS;
            case FORGETS_DELIVERIES -> Topic.DELIVERIES;
            default -> null;
        };
        boolean own = definition.name().equals(memory == Topic.OPERATIONS ? "sync" : "notification");
        if (memory == null || !own) {
            return definition;
        }
        Set<Topic> tables = new HashSet<>(definition.tables());
        tables.remove(memory);
        return with(definition, tables, logic -> logic);
    }

    /// A stage for which a render consists of whatever is there of it.
    static <T, O> StageDefinition<T, O> renders(World world, StageDefinition<T, O> definition) {
        return world.broken == Mutation.COMPARES_INCOMPLETE_RENDERS
                ? with(definition, definition.tables(), Hasty::new)
                : definition;
    }

    static StageDefinition<RenderTask, ManifestNews> manifest(
            World world, StageDefinition<RenderTask, ManifestNews> definition) {
        return world.broken == Mutation.TRUSTS_PUSHES_ALONE
                ? with(definition, definition.tables(), Trusting::new)
                : definition;
    }

    private abstract static class Wrapped<T, O> implements Logic<T, O> {
        final Logic<T, O> real;

        Wrapped(Logic<T, O> real) {
            this.real = real;
        }

        @Override
        public void fold(Fact fact) {
            real.fold(fact);
        }

        @Override
        public void finished(O outcome) {
            real.finished(outcome);
        }

        @Override
        public Decision<T> decide(Instant now) {
            return real.decide(now);
        }

        @Override
        public boolean forgettable() {
            return real.forgettable();
        }
    }

    private static final class Hasty<T, O> extends Wrapped<T, O> {
        private final Map<String, String> digests = new HashMap<>();
        private @Nullable ManifestsRendered closed;
        private @Nullable Envelope closing;

        Hasty(Logic<T, O> real) {
            super(real);
        }

        @Override
        public void fold(Fact fact) {
            super.fold(fact);
            if (fact.topic() != Topic.DESIRED) {
                return;
            }
            Event event = Outbox.event(fact);
            if (event instanceof ManifestsRendered render) {
                closed = render;
                closing = fact.envelope();
            } else if (event instanceof ResourceRendered resource) {
                digests.put(resource.resource().toString(), resource.digest());
            } else if (event == null) {
                digests.remove(RecordKey.detail(fact.key()));
            }
            Envelope envelope = closing;
            if (closed != null && envelope != null && event != null) {
                super.fold(new Fact(
                        fact.topic(),
                        closed.key(),
                        new Envelope(
                                envelope.id(),
                                envelope.source(),
                                envelope.time(),
                                envelope.chain(),
                                null,
                                asFarAsItIsThere(closed))));
            }
        }

        private ManifestsRendered asFarAsItIsThere(ManifestsRendered render) {
            List<RenderedResource> there = render.resources().stream()
                    .filter(item ->
                            item.digest().equals(digests.get(item.resource().toString())))
                    .toList();
            return new ManifestsRendered(
                    render.application(),
                    render.uid(),
                    render.generation(),
                    render.repository(),
                    render.path(),
                    render.targetRevision(),
                    render.revision(),
                    render.sourceType(),
                    render.commit(),
                    render.digest() + there.size(),
                    there,
                    render.conditions(),
                    0,
                    0);
        }
    }

    private static final class Trusting extends Wrapped<RenderTask, ManifestNews> {
        private boolean first = true;

        Trusting(Logic<RenderTask, ManifestNews> real) {
            super(real);
        }

        @Override
        public Decision<RenderTask> decide(Instant now) {
            Decision<RenderTask> decision = real.decide(now);
            RenderTask task =
                    decision.tasks().isEmpty() ? null : decision.tasks().getFirst();
            if (first && task != null && task.rendered() != null) {
                first = false;
                real.finished(new StillValid(task.declared().generation(), task.rendered()));
                return real.decide(now);
            }
            return decision;
        }
    }
}
