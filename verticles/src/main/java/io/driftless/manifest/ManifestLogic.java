package io.driftless.manifest;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews.Answered;
import io.driftless.manifest.ManifestNews.HeadMoved;
import io.driftless.manifest.ManifestNews.LookAgain;
import io.driftless.manifest.ManifestNews.Outcome;
import io.driftless.manifest.ManifestNews.Refused;
import io.driftless.manifest.ManifestNews.Rendered;
import io.driftless.manifest.ManifestNews.StillValid;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.Publication;
import io.driftless.stage.StageDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides when one application is rendered and what is said about it.
///
/// One render at a time: news that comes meanwhile is kept and looked at afterwards, so a burst of pushes costs
/// two renders, not one each. A new instance, which has missed pushes while nobody owned the partition, looks at
/// the repository first: the stage is level-triggered.
final class ManifestLogic implements Logic<RenderTask, ManifestNews> {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(3);

    private final ApplicationName application;
    private final PublishedRender published = new PublishedRender();
    private final RequestedRevision requested = new RequestedRevision();
    private @Nullable ApplicationDeclared declared;
    /// Whether there is an Application, declared or rejected. Records that an instance which lost the application says
    /// after the end are withdrawn too.
    private boolean there;
    private boolean look = true;
    private @Nullable HeadMoved moved;
    private String chain = "";
    /// Whether somebody asked for a look and waits for what comes of it.
    private boolean asked;
    private boolean running;
    private int failures;
    private @Nullable Instant retryAt;
    private @Nullable Outcome outcome;

    ManifestLogic(String subject) {
        this.application = ApplicationName.parse(subject);
    }

    static StageDefinition<RenderTask, ManifestNews> definition(int concurrency) {
        return new StageDefinition<>(
                "manifest",
                Set.of(Topic.APPLICATIONS, Topic.DESIRED, Topic.OPERATIONS, Topic.REVISIONS),
                Set.of(Topic.COMMANDS),
                ManifestLogic::new,
                concurrency);
    }

    @Override
    public void fold(Fact fact) {
        switch (fact.topic()) {
            case APPLICATIONS -> foldApplication(fact);
            case DESIRED -> {
                if (published.fold(fact)) {
                    // An instance that lost the application spoke late.
                    look = true;
                }
            }
            case COMMANDS -> {
                if (fact.envelope() != null && fact.envelope().event() instanceof RefreshRequested) {
                    lookAgain(fact.envelope().chain());
                    asked = true;
                }
            }
            case OPERATIONS, REVISIONS -> requested.fold(fact);
            default -> throw new IllegalArgumentException("manifest does not read " + fact.topic());
        }
    }

    private void foldApplication(Fact fact) {
        if (fact.envelope() == null) {
            declared = null;
            there = false;
            return;
        }
        there = true;
        if (fact.envelope().event() instanceof ApplicationDeclared now) {
            if (declared == null
                    || declared.generation() != now.generation()
                    || !declared.uid().equals(now.uid())) {
                lookAgain(fact.envelope().chain());
            }
            declared = now;
        } else {
            declared = null;
        }
    }

    private void lookAgain(String cause) {
        look = true;
        moved = null;
        retryAt = null;
        chain = cause;
    }

    @Override
    public void finished(ManifestNews news) {
        switch (news) {
            case HeadMoved head -> {
                moved = head;
                look = true;
                retryAt = null;
                chain = head.chain();
            }
            case LookAgain again -> lookAgain(again.chain());
            case Answered answer -> requested.finished(answer);
            case Outcome done -> {
                running = false;
                outcome = done;
            }
        }
    }

    @Override
    public Decision<RenderTask> decide(Instant now) {
        if (!there) {
            outcome = null;
            List<Publication> tombstones = new ArrayList<>(published.withdraw(chain));
            tombstones.addAll(requested.withdraw(application));
            return Decision.publish(tombstones);
        }
        ApplicationDeclared current = declared;
        List<Publication> publications = new ArrayList<>(requested.say(application));
        List<RenderTask> tasks = new ArrayList<>();
        RenderTask.Order order = current == null || current.deleting() ? null : requested.due(current);
        if (current != null && order != null) {
            tasks.add(RenderTask.of(current, order));
        }
        if (outcome != null) {
            publications.addAll(current == null ? List.of() : settle(current, outcome, now));
            outcome = null;
            if (asked && current != null && !look) {
                asked = false;
                publications.addAll(publications.isEmpty() ? published.again(current, chain) : List.of());
            }
        }
        if (retryAt != null && !now.isBefore(retryAt)) {
            look = true;
            retryAt = null;
        }
        if (current == null || current.deleting() || running || !look) {
            return new Decision<>(publications, tasks, running ? null : retryAt);
        }
        look = false;
        running = true;
        tasks.add(new RenderTask(
                current,
                moved == null ? null : moved.revision(),
                published.revisionOf(current),
                chain,
                moved == null ? 0 : moved.fetchMicros()));
        moved = null;
        return new Decision<>(publications, tasks, null);
    }

    private List<Publication> settle(ApplicationDeclared current, Outcome done, Instant now) {
        if (done.generation() != current.generation()) {
            look = true;
            return List.of();
        }
        return switch (done) {
            case StillValid valid -> {
                failures = 0;
                yield published.failureOver(current, chain);
            }
            case Rendered render -> {
                failures = 0;
                yield published.replaceBy(current, render);
            }
            case Refused refused -> {
                retryAt = refused.mayPass() && !look ? now.plus(backOff()) : null;
                yield published.fail(current, refused);
            }
        };
    }

    private Duration backOff() {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 10));
        failures++;
        return wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait;
    }

    @Override
    public boolean forgettable() {
        return !there && !running && published.empty() && requested.empty();
    }
}
