package io.driftless.simulation;

import io.driftless.events.Topic;
import io.driftless.notification.DeliveryOutcome;
import io.driftless.notification.Notification;
import io.driftless.stage.Fact;
import io.driftless.sync.SyncTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything there is in a run: the broker, the cluster, the repository, the people, the stages, and what is promised
/// about them.
final class World {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    final Chance chance;
    final Faults faults;
    final Mutation broken;
    final Trace trace;
    final Log log = new Log();
    final ModelCluster cluster = new ModelCluster();
    final Repository repository = new Repository();
    final Declarations declarations = new Declarations(cluster);
    final Ledger ledger = new Ledger();
    final List<String> applications;
    final Person person;
    final Nature nature;
    final List<Group<?, ?>> groups;
    private final List<Invariant> invariants;
    private final List<Runnable> orphans = new ArrayList<>();
    /// Faults are over.
    boolean calm;
    private Instant now = BEGIN;
    private long ids;
    private boolean busy;
    private String actor = "";
    private @Nullable SyncTask task;

    World(long seed, Mutation broken, Trace trace) {
        this.chance = new Chance(seed);
        this.faults = Faults.drawn(chance);
        this.broken = broken;
        this.trace = trace;
        this.applications = chance.oneIn(3) ? List.of("argocd/shop", "argocd/desk") : List.of("argocd/shop");
        this.invariants = Invariant.all();
        this.cluster.slowDeletion = chance.coin();
        this.person = new Person(this);
        this.nature = new Nature(this);
        this.groups = new Stages(this).all();
        trace.say("seed " + seed, faults);
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
        trace.at(now);
    }

    String nextId() {
        return "e" + ++ids;
    }

    void append(int place, Fact fact, String source) {
        log.append(place, fact);
        if (trace.on()) {
            trace.say(source, Words.of(fact));
        }
        for (Invariant invariant : invariants) {
            invariant.said(this, fact);
        }
    }

    /// A sync performer works on this.
    void acting(String subject, @Nullable SyncTask now) {
        actor = subject;
        task = now;
    }

    void wrote(Written written) {
        SyncTask current = task;
        if (current == null) {
            return;
        }
        if (trace.on() && written.changed()) {
            trace.say(written.instance(), Words.of(written));
        }
        for (Invariant invariant : invariants) {
            invariant.wrote(this, written, actor, current);
        }
    }

    DeliveryOutcome tell(Notification notification) {
        if (!calm && faults.lostAnswers() && chance.oneIn(10)) {
            return new DeliveryOutcome.NotDelivered(notification, "the receiver is away", false);
        }
        ledger.told(notification);
        trace.say("people", "are told " + notification.idempotencyKey());
        for (Invariant invariant : invariants) {
            invariant.told(this, notification);
        }
        return new DeliveryOutcome.Delivered(notification);
    }

    Violation violated(String promise, String how, @Nullable Throwable cause) {
        return new Violation(promise, how, cause == null ? new AssertionError(promise) : cause);
    }

    /// A request whose sender is gone; it may still arrive.
    void orphan(Runnable request) {
        orphans.add(request);
    }

    boolean adopt() {
        if (orphans.isEmpty()) {
            return false;
        }
        orphans.remove(chance.below(orphans.size())).run();
        return true;
    }

    /// Something else happens while a stage is in the middle of something.
    void meanwhile() {
        if (calm || busy || !chance.oneIn(12)) {
            return;
        }
        busy = true;
        SyncTask current = task;
        task = null;
        if (chance.coin()) {
            person.act();
        } else {
            nature.act();
        }
        task = current;
        busy = false;
    }

    /// Checks what must be true once everything has come to rest.
    void check() {
        for (Invariant invariant : invariants) {
            invariant.atRest(this);
        }
    }

    @Nullable
    Fact last(Topic topic, String key) {
        return log.table(topic).get(key);
    }
}
