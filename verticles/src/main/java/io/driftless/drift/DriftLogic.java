package io.driftless.drift;

import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationEvent.ApplicationRejected;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.RecordKey;
import io.driftless.events.Topic;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.Publication;
import io.driftless.stage.StageDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the drift stage knows of one application. It publishes an [ApplicationCompared] whenever the answer differs
/// from the one it published last, and takes it back when the Application is gone.
///
/// Everything follows from the tables, so a restart comes to the same answer and then says nothing.
public final class DriftLogic implements Logic<Void, Void> {
    /// The name of the stage.
    public static final String STAGE = "drift";

    private final String subject;
    private final DesiredState desired = new DesiredState();
    private final LiveState live = new LiveState();
    private final ApplicationJudge judge = new ApplicationJudge();

    private @Nullable ApplicationEvent application;
    private @Nullable ApplicationCompared published;

    /// Own publications that have not come back yet; they are older than `published`.
    private int awaited;

    /// When an answer that may wait is published at the latest; null while none waits.
    private @Nullable Instant dueAt;

    private boolean news;
    private String chain = "";
    private boolean chainOfRender;

    public DriftLogic(String subject) {
        this.subject = subject;
    }

    public static StageDefinition<Void, Void> definition() {
        return new StageDefinition<>(
                STAGE,
                Set.of(Topic.APPLICATIONS, Topic.DESIRED, Topic.LIVE, Topic.DRIFT),
                Set.of(),
                DriftLogic::new,
                1);
    }

    @Override
    public void fold(Fact fact) {
        news = true;
        switch (fact.topic()) {
            case APPLICATIONS -> declare(fact);
            case DESIRED -> desired.fold(fact);
            case LIVE -> live.fold(fact);
            case DRIFT -> echo(fact);
            case PUSHES, CLUSTERS, CHILDREN, COMMANDS, SYNCS, OPERATIONS, DELIVERIES, REVISIONS ->
                throw new IllegalArgumentException("the drift stage does not read " + fact.topic());
        }
        follow(fact);
    }

    private void declare(Fact fact) {
        application =
                fact.envelope() != null && fact.envelope().event() instanceof ApplicationEvent event ? event : null;
    }

    private void echo(Fact fact) {
        if (awaited > 0) {
            awaited--;
        } else {
            published = fact.envelope() != null && fact.envelope().event() instanceof ApplicationCompared compared
                    ? compared
                    : null;
        }
    }

    /// Remembers which chain of events the next decision belongs to: the latest, but a render goes before the many
    /// observations that may arrive beside it.
    private void follow(Fact fact) {
        if (fact.envelope() == null || fact.topic() == Topic.DRIFT) {
            return;
        }
        boolean render = fact.envelope().event() instanceof ManifestsRendered;
        if (render || !chainOfRender) {
            chain = fact.envelope().chain();
            chainOfRender = render;
        }
    }

    @Override
    public void finished(Void outcome) {
        throw new IllegalStateException("the drift stage asks for no tasks");
    }

    @Override
    public Decision<Void> decide(Instant now) {
        if (!news && (dueAt == null || now.isBefore(dueAt))) {
            return new Decision<>(List.of(), List.of(), dueAt);
        }
        news = false;
        ApplicationCompared answer = switch (application) {
            case null -> null;
            case ApplicationDeclared declared -> judge.judge(declared, desired, live);
            case ApplicationRejected rejected -> judge.rejected(rejected);
        };
        return answer == null ? withdraw() : publish(answer, now);
    }

    private Decision<Void> withdraw() {
        if (published == null) {
            return Decision.nothing();
        }
        said(null);
        return Decision.publish(List.of(Publication.tombstone(Topic.DRIFT, RecordKey.subject(subject), chain)));
    }

    private Decision<Void> publish(ApplicationCompared answer, Instant now) {
        if (answer.equals(published)) {
            dueAt = null;
            chainOfRender = false;
            return Decision.nothing();
        }
        Duration patience = published == null ? Duration.ZERO : Urgency.patience(published, answer);
        if (patience.isPositive()) {
            Instant due = now.plus(patience);
            dueAt = dueAt == null || due.isBefore(dueAt) ? due : dueAt;
            if (now.isBefore(dueAt)) {
                return new Decision<>(List.of(), List.of(), dueAt);
            }
        }
        said(answer);
        return Decision.publish(List.of(Publication.of(answer, chain)));
    }

    private void said(@Nullable ApplicationCompared answer) {
        published = answer;
        awaited++;
        dueAt = null;
        chainOfRender = false;
    }

    @Override
    public boolean forgettable() {
        return application == null && published == null && awaited == 0 && desired.isEmpty() && live.isEmpty();
    }
}
