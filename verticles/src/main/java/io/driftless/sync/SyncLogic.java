package io.driftless.sync;

import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.CommandEvent;
import io.driftless.events.CommandEvent.RefreshRequested;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.CommandEvent.TerminateRequested;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.Envelope;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.OperationEvent.Phase;
import io.driftless.events.Topic;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.StageDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides what is written to clusters for one application.
///
/// At most one operation runs at a time. What it is about to write is in its record, with the live state each write was
/// decided on, before the write is handed out; the API server refuses a write whose object has changed since, and the
/// write is decided anew. So a crash, a repeated record or two instances that both think they own the application never
/// write twice, and never write what was decided long ago.
public final class SyncLogic implements Logic<SyncTask, SyncOutcome> {
    private static final int CONCURRENCY = 64;

    private record Command(CommandEvent event, String chain) {}

    private final ApplicationName application;
    private final Knowledge known = new Knowledge();
    private final List<Command> commands = new ArrayList<>();
    private final List<SyncOutcome> outcomes = new ArrayList<>();
    private final Journal journal = new Journal();
    private @Nullable Operation operation;
    private boolean rebuilt;

    public SyncLogic(String subject) {
        this.application = ApplicationName.parse(subject);
    }

    /// The stage as the runtime needs it.
    public static StageDefinition<SyncTask, SyncOutcome> definition() {
        return new StageDefinition<>(
                "sync",
                Set.of(Topic.APPLICATIONS, Topic.DESIRED, Topic.DRIFT, Topic.OPERATIONS, Topic.REVISIONS),
                Set.of(Topic.COMMANDS),
                SyncLogic::new,
                CONCURRENCY);
    }

    @Override
    public void fold(Fact fact) {
        switch (fact.topic()) {
            case APPLICATIONS -> known.declared(fact);
            case DESIRED -> known.render.fold(fact);
            case DRIFT -> known.compared(fact);
            case OPERATIONS -> recorded(fact);
            case COMMANDS -> {
                if (fact.envelope() != null && fact.envelope().event() instanceof CommandEvent command) {
                    commands.add(new Command(command, fact.envelope().chain()));
                }
            }
            case PUSHES, CLUSTERS, LIVE, CHILDREN, SYNCS, DELIVERIES -> {}
            case REVISIONS -> known.revision.fold(fact);
        }
    }

    /// Own records come back as an echo; after a restart, or when another instance had the application, they are news.
    /// What an instance that lost the application says late must not stand as the last word: ours is said again.
    private void recorded(Fact fact) {
        Operation current = operation;
        Optional<OperationRecorded> heard =
                Optional.ofNullable(fact.envelope()).map(Envelope::event).map(OperationRecorded.class::cast);
        if (journal.hears(heard)) {
            return;
        }
        if (fact.envelope() != null && newer(heard.orElseThrow())) {
            takeOver(heard.orElseThrow(), fact.envelope().chain());
        } else if (heard.isEmpty() && !rebuilt) {
            operation = null;
        } else if (current != null && !journal.listens()) {
            heard.ifPresent(late -> current.sequence = Math.max(current.sequence, late.sequence()));
            current.unrecorded = true;
        }
    }

    /// Whether it is the record to go on from. While this instance has the application nobody else speaks for it.
    private boolean newer(OperationRecorded heard) {
        return operation == null || (!rebuilt && heard.sequence() > operation.sequence);
    }

    private void takeOver(OperationRecorded heard, String chain) {
        operation = new Operation(heard, chain);
        Instant at = heard.finishedAt() == null ? heard.startedAt() : heard.finishedAt();
        if (!operation.dryRun()) {
            heard.resources().forEach(result -> known.wrote(result, at));
        }
    }

    @Override
    public void finished(SyncOutcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public Decision<SyncTask> decide(Instant now) {
        rebuilt = true;
        Out out = new Out(now);
        journal.resume(out);
        known.turnTo(operation);
        takeOutcomes(out);
        for (Command command : List.copyOf(commands)) {
            obey(command, out);
        }
        commands.clear();
        if (known.declared == null && known.rejected == null && over()) {
            return bury(out);
        }
        startCascade(out);
        advance(out);
        if (startAutomated(out)) {
            advance(out);
        }
        return journal.say(operation, out);
    }

    private void takeOutcomes(Out out) {
        Operation current = operation;
        if (current != null) {
            Wave wave = new Wave(known, current, out);
            outcomes.forEach(wave::take);
        }
        outcomes.clear();
    }

    private void obey(Command command, Out out) {
        switch (command.event()) {
            case SyncRequested request -> {
                if (new Requests(known, operation, out).takesUp(request, command.chain())) {
                    begin(
                            () -> Operations.requested(request, application, known.declared, operation, out.now),
                            command.chain(),
                            out);
                }
            }
            case TerminateRequested _ -> {
                if (operation != null && operation.running() && !operation.cascade()) {
                    new Attempts(operation, out).terminate();
                }
            }
            case RefreshRequested _ -> {} // the manifest stage's
        }
    }

    /// True when the Application is gone and its operation is to be forgotten.
    private boolean over() {
        Operation current = operation;
        boolean waits = current != null && current.running() && current.render.isEmpty() && !current.cascade();
        return current != null && !waits && current.inFlight.isEmpty();
    }

    /// Whoever asked for what still runs is told how it ended, then nothing is left of it.
    private Decision<SyncTask> bury(Out out) {
        Operation current = operation;
        if (current != null && current.running() && !current.cascade()) {
            new Attempts(current, out).finish(Phase.ERROR, "the Application was deleted");
        }
        journal.write(current, out);
        operation = null;
        journal.erase(application, out);
        return Decision.publish(out.publications);
    }

    private void startCascade(Out out) {
        ApplicationDeclared declared = known.declared;
        if (declared == null || !declared.deleting()) {
            return;
        }
        if (operation != null && operation.running() && !operation.cascade()) {
            advance(out); // ends what runs
        }
        boolean running = operation != null && operation.running();
        boolean begun = operation != null && operation.id.equals(OperationRecorded.cascadeId(declared.uid()));
        if (CascadeRun.asked(declared) && !running && !begun) {
            begin(() -> Operations.cascade(declared, operation, out.now), known.chain, out);
        }
    }

    private void advance(Out out) {
        Operation current = operation;
        if (current == null || !current.running()) {
            return;
        }
        if (current.cascade()) {
            new CascadeRun(known, current, out).advance();
        } else {
            new SyncRun(known, current, out).advance();
        }
    }

    private boolean startAutomated(Out out) {
        return switch (new AutomatedStart(known, operation, out).choose()) {
            case AutomatedSync.Nothing _ -> false;
            case AutomatedSync.NotBefore wait -> {
                out.wake(wait.at());
                yield false;
            }
            case AutomatedSync.Start start -> {
                beginAutomated(start, out);
                yield true;
            }
            case AutomatedSync.Refuse refuse -> {
                Operation refused = beginAutomated(new AutomatedSync.Start(false, 0), out);
                new Attempts(refused, out).finish(Phase.FAILED, refuse.message());
                yield false;
            }
        };
    }

    private Operation beginAutomated(AutomatedSync.Start start, Out out) {
        ApplicationDeclared declared = Objects.requireNonNull(known.declared);
        ApplicationCompared compared = Objects.requireNonNull(known.compared);
        return begin(() -> Operations.automated(declared, compared, operation, start, out.now), known.chain, out);
    }

    private Operation begin(Supplier<OperationRecorded> beginning, String chain, Out out) {
        journal.write(operation, out); // the end of the operation before, whose sequence the next one continues
        OperationRecorded record = beginning.get();
        Operation begun = new Operation(record, chain);
        begun.unrecorded = true;
        operation = begun;
        known.turnTo(begun);
        return begun;
    }

    @Override
    public boolean forgettable() {
        return known.isEmpty() && operation == null && !journal.listens() && commands.isEmpty() && outcomes.isEmpty();
    }
}
