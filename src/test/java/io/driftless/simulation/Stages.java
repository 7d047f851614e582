package io.driftless.simulation;

import io.driftless.drift.DriftLogic;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews;
import io.driftless.manifest.ManifestStage;
import io.driftless.manifest.RenderTask;
import io.driftless.manifest.SimulatedManifests;
import io.driftless.notification.DeliveryOutcome;
import io.driftless.notification.Notification;
import io.driftless.notification.NotificationStage;
import io.driftless.notification.Subscription;
import io.driftless.observe.SimulatedObserve;
import io.driftless.registry.SimulatedRegistry;
import io.driftless.stage.Decision;
import io.driftless.stage.Fact;
import io.driftless.stage.Logic;
import io.driftless.stage.StageDefinition;
import io.driftless.sync.SyncLogic;
import io.driftless.sync.SyncOutcome;
import io.driftless.sync.SyncPerformer;
import io.driftless.sync.SyncTask;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// The stages of the pipeline as the app wires them, each instance a process of its own.
final class Stages {
    private final World world;

    Stages(World world) {
        this.world = world;
    }

    List<Group<?, ?>> all() {
        return List.of(registry(), status(), manifest(), observe(), drift(), sync(), notification());
    }

    private Group<Object, Object> registry() {
        StageDefinition<Object, Object> definition =
                new StageDefinition<>("registry", Set.of(Topic.CLUSTERS), Set.of(), _ -> new Idle(), 1);
        return new Group<>(world, definition, name -> {
            Member<Object, Object> member = new Member<>(world, name, definition, (_, task) -> task);
            member.edge = new Edges.Registry(world, member);
            return member;
        });
    }

    /// The subject is the control plane's cluster, and nothing is to be decided about it.
    private static final class Idle implements Logic<Object, Object> {
        @Override
        public void fold(Fact fact) {}

        @Override
        public void finished(Object outcome) {}

        @Override
        public Decision<Object> decide(Instant now) {
            return Decision.nothing();
        }
    }

    private Group<Object, Object> status() {
        StageDefinition<Object, Object> definition = SimulatedRegistry.statusDefinition();
        return new Group<>(
                world,
                definition,
                name -> new Member<>(
                        world, name, definition, SimulatedRegistry.statusPerformer(new ClusterView(world, name))));
    }

    private Group<RenderTask, ManifestNews> manifest() {
        StageDefinition<RenderTask, ManifestNews> definition = Sabotage.manifest(world, ManifestStage.definition(4));
        return new Group<>(world, definition, name -> {
            Link<RenderTask, ManifestNews> link = new Link<>();
            SimulatedManifests manifests = new SimulatedManifests(
                    world.repository, (subject, news) -> link.member().deliver(subject, news), new Around());
            Member<RenderTask, ManifestNews> member = new Member<>(world, name, definition, manifests);
            link.to = member;
            member.edge = new Edges.Manifest(world, member, manifests);
            return member;
        });
    }

    private final class Around implements SimulatedManifests.Around {
        @Override
        public void meanwhile() {
            world.meanwhile();
        }

        @Override
        public boolean partial() {
            return world.broken == Mutation.RENDERS_PARTIAL_READS && !world.calm && world.chance.oneIn(20);
        }
    }

    private static final class Link<T, O> {
        @org.jspecify.annotations.Nullable
        Member<T, O> to;

        Member<T, O> member() {
            if (to == null) {
                throw new IllegalStateException("news before the instance exists");
            }
            return to;
        }
    }

    private Group<Object, Object> observe() {
        StageDefinition<Object, Object> definition = SimulatedObserve.definition();
        return new Group<>(world, definition, name -> {
            Edges.Observe edge = new Edges.Observe(world, name);
            Member<Object, Object> member = new Member<>(world, name, definition, edge.observe.performer());
            edge.begin(member);
            member.edge = edge;
            return member;
        });
    }

    private Group<Void, Void> drift() {
        StageDefinition<Void, Void> definition = Sabotage.renders(world, DriftLogic.definition());
        return new Group<>(world, definition, name -> new Member<>(world, name, definition, (_, nothing) -> nothing));
    }

    private Group<SyncTask, SyncOutcome> sync() {
        StageDefinition<SyncTask, SyncOutcome> definition =
                Sabotage.forgetting(world, Sabotage.renders(world, SyncLogic.definition()));
        return new Group<>(world, definition, name -> {
            SyncPerformer performer = new SyncPerformer(new ClusterView(world, name), _ -> {
                throw new IllegalStateException("nothing is sealed here");
            });
            return new Member<>(world, name, definition, (subject, task) -> {
                world.acting(subject, task);
                try {
                    SyncOutcome outcome = performer.perform(subject, task);
                    world.trace.say(name, "performed " + outcome);
                    return outcome;
                } finally {
                    world.acting("", null);
                }
            });
        });
    }

    private Group<Notification, DeliveryOutcome> notification() {
        List<Subscription> subscriptions =
                List.of(new Subscription("people", Subscription.USUAL, DeliveryOutcome.Delivered::new));
        StageDefinition<Notification, DeliveryOutcome> definition =
                Sabotage.forgetting(world, NotificationStage.definition(subscriptions));
        return new Group<>(
                world, definition, name -> new Member<>(world, name, definition, (_, told) -> world.tell(told)));
    }
}
