package io.driftless.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ApplicationEvent.ApplicationDeclared;
import io.driftless.events.ApplicationName;
import io.driftless.events.ApplicationSpec;
import io.driftless.events.ApplicationSpec.Automated;
import io.driftless.events.ApplicationSpec.SyncPolicy;
import io.driftless.events.CommandEvent.SyncRequested;
import io.driftless.events.Condition;
import io.driftless.events.DesiredEvent.ManifestsRendered;
import io.driftless.events.DesiredEvent.RenderedResource;
import io.driftless.events.DesiredEvent.ResourceRendered;
import io.driftless.events.DriftEvent.ApplicationCompared;
import io.driftless.events.DriftEvent.ResourceVerdict;
import io.driftless.events.Envelope;
import io.driftless.events.Event;
import io.driftless.events.Health;
import io.driftless.events.HealthStatus;
import io.driftless.events.OperationEvent.OperationRecorded;
import io.driftless.events.ProjectRules;
import io.driftless.events.ResourceId;
import io.driftless.events.SyncEvent;
import io.driftless.events.SyncStatus;
import io.driftless.events.Topic;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One application in a test: what is declared, rendered and live, and the logic that decides on
/// it. Its tables are kept as Kafka would keep them, so that a restart can rebuild from them.
final class Scenario {
    static final ApplicationName APP = ApplicationName.parse("argocd/shop");
    static final String CLUSTER = "https://kubernetes.default.svc";

    final Map<ResourceId, Thing> things = new LinkedHashMap<>();
    final Map<Topic, Map<String, Publication>> tables = new LinkedHashMap<>();
    final List<SyncEvent> said = new ArrayList<>();
    final List<OperationRecorded> records = new ArrayList<>();
    final List<SyncTask> asked = new ArrayList<>();

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    SyncLogic logic = new SyncLogic(APP.toString());

    @Nullable
    Instant wakeAt;

    @Nullable
    ProjectRules rules;

    String revision = "c0ffee1";
    long generation = 1;

    static SyncPolicy manual(String... options) {
        return new SyncPolicy(null, List.of(options), null, null);
    }

    static SyncPolicy automated(boolean prune, boolean selfHeal, String... options) {
        return new SyncPolicy(new Automated(prune, selfHeal, false, true), List.of(options), null, null);
    }

    static SyncRequested request(String requestId) {
        return new SyncRequested(APP, requestId, "anna", null, false, false, List.of(), List.of(), null);
    }

    Scenario declare(SyncPolicy policy) {
        return declare(policy, List.of(), false);
    }

    Scenario declare(SyncPolicy policy, List<String> finalizers, boolean deleting) {
        var spec = new ApplicationSpec(
                "default",
                new ApplicationSpec.Source("https://git.example/shop.git", "shop", "main", null, null),
                new ApplicationSpec.Destination(CLUSTER, "", "shop"),
                policy,
                List.of(),
                10);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        return fold(new ApplicationDeclared(
                APP, "uid-1", generation, spec, document, Map.of(), finalizers, deleting, rules));
    }

    /// Renders what the things say Git holds, and compares it.
    Scenario given(Thing... some) {
        for (Thing thing : some) {
            things.put(thing.id(), thing);
        }
        return render().compare();
    }

    Scenario render() {
        List<RenderedResource> list = new ArrayList<>();
        for (Thing thing : things.values()) {
            if (!thing.digest().isEmpty()) {
                fold(new ResourceRendered(
                        APP, thing.id(), "v1", thing.digest(), thing.manifest(), null, thing.wave(), List.of()));
                list.add(new RenderedResource(thing.id(), thing.digest()));
            }
        }
        return fold(new ManifestsRendered(
                APP,
                "uid-1",
                generation,
                "https://git.example/shop.git",
                "shop",
                "main",
                revision,
                "Directory",
                null,
                digest(),
                list,
                List.of(),
                0,
                0));
    }

    Scenario compare(Condition... conditions) {
        List<ResourceVerdict> verdicts =
                things.values().stream().map(Thing::verdict).toList();
        boolean synced = verdicts.stream().allMatch(v -> v.status() == SyncStatus.SYNCED);
        return fold(new ApplicationCompared(
                APP,
                generation,
                revision,
                digest(),
                CLUSTER,
                synced ? SyncStatus.SYNCED : SyncStatus.OUT_OF_SYNC,
                Health.of(HealthStatus.HEALTHY),
                verdicts,
                List.of(conditions)));
    }

    /// The newest revision cannot be rendered; the cluster was seen all the same.
    Scenario unknown(Condition condition) {
        List<ResourceVerdict> verdicts =
                things.values().stream().map(Thing::verdict).toList();
        return fold(new ApplicationCompared(
                APP,
                generation,
                revision,
                digest(),
                CLUSTER,
                SyncStatus.UNKNOWN,
                Health.of(HealthStatus.HEALTHY),
                verdicts,
                List.of(condition)));
    }

    String digest() {
        StringBuilder all = new StringBuilder("render");
        things.values().stream()
                .filter(thing -> !thing.digest().isEmpty())
                .forEach(thing -> all.append(' ').append(thing.id()).append(thing.digest()));
        return Integer.toHexString(all.toString().hashCode());
    }

    /// The cluster now holds this; compared anew.
    Scenario live(Thing... some) {
        for (Thing thing : some) {
            things.put(thing.id(), thing);
        }
        return compare();
    }

    Scenario without(ResourceId gone) {
        things.remove(gone);
        return compare();
    }

    Scenario fold(Event event) {
        Publication publication = Publication.of(event, "chain");
        keep(publication);
        logic.fold(fact(publication));
        return this;
    }

    Scenario gone() {
        Publication tombstone = Publication.tombstone(Topic.APPLICATIONS, APP.toString(), "chain");
        keep(tombstone);
        logic.fold(fact(tombstone));
        return this;
    }

    private void keep(Publication publication) {
        if (publication.topic().isTable()) {
            tables.computeIfAbsent(publication.topic(), _ -> new LinkedHashMap<>())
                    .put(publication.key(), publication);
        }
    }

    private Fact fact(Publication publication) {
        Event event = publication.event();
        return new Fact(
                publication.topic(),
                publication.key(),
                event == null ? null : new Envelope("id", "/test", now, "chain", null, event));
    }

    /// Decides; what is published goes to the tables and comes back as an echo. Returns the tasks.
    List<SyncTask> decide() {
        Decision<SyncTask> decision = logic.decide(now);
        for (Publication publication : decision.publications()) {
            keep(publication);
            if (publication.event() instanceof SyncEvent event) {
                said.add(event);
            }
            if (publication.event() instanceof OperationRecorded record) {
                records.add(record);
            }
            if (publication.topic() == Topic.OPERATIONS) {
                logic.fold(fact(publication));
            }
        }
        wakeAt = decision.wakeAt();
        asked.addAll(decision.tasks());
        return decision.tasks();
    }

    List<SyncTask> after(Duration time) {
        now = now.plus(time);
        return decide();
    }

    /// A new logic that knows the tables alone: the process was killed.
    List<SyncTask> restart() {
        logic = new SyncLogic(APP.toString());
        tables.values().forEach(table -> table.values().forEach(record -> logic.fold(fact(record))));
        return decide();
    }

    /// The write was done; the object has this version now (empty after a deletion).
    List<SyncTask> done(SyncTask task, String version) {
        logic.finished(
                task instanceof SyncTask.Prune
                        ? new SyncOutcome.Pruned(task.operation(), task.resource(), task.decidedOn())
                        : new SyncOutcome.Applied(
                                task.operation(),
                                task.resource(),
                                task.decidedOn(),
                                task.decidedOn().isEmpty(),
                                version,
                                900));
        return decide();
    }

    List<SyncTask> refused(SyncTask task, String message, boolean passing) {
        logic.finished(new SyncOutcome.Refused(task.operation(), task.resource(), task.decidedOn(), message, passing));
        return decide();
    }

    List<SyncTask> conflict(SyncTask task, SyncOutcome.Owner owner, String liveVersion) {
        logic.finished(new SyncOutcome.Conflict(
                task.operation(), task.resource(), task.decidedOn(), owner, "uid-live", liveVersion, "modified"));
        return decide();
    }

    List<String> names(List<SyncTask> tasks) {
        return tasks.stream()
                .map(task -> (task instanceof SyncTask.Prune ? "-" : "")
                        + task.resource().name())
                .toList();
    }

    OperationRecorded last() {
        return records.getLast();
    }

    <E extends SyncEvent> List<E> said(Class<E> type) {
        return said.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
