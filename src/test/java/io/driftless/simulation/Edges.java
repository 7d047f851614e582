package io.driftless.simulation;

import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews;
import io.driftless.manifest.RenderTask;
import io.driftless.manifest.SimulatedManifests;
import io.driftless.observe.SimulatedObserve;
import io.driftless.redact.Redaction;
import io.driftless.redact.SealKey;
import io.driftless.registry.SimulatedRegistry;
import io.driftless.stage.Publication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The edges of the stages that have one.
final class Edges {
    private static final Redaction REDACTION = new Redaction(SealKey.of(new byte[32]));

    private Edges() {}

    /// A broker that does not take a record in time: the watch that wanted to say it will try again.
    static final class NotTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Whoever owns the control plane watches Applications and says each change before the next.
    static final class Registry implements Edge {
        private final World world;
        private final Member<?, ?> member;
        private final ClusterView cluster;
        private final SimulatedRegistry registry = new SimulatedRegistry();
        private final TopicReader reader;
        private SimulatedRegistry.@Nullable Watched watched;

        Registry(World world, Member<?, ?> member) {
            this.world = world;
            this.member = member;
            this.cluster = new ClusterView(world, member.name);
            this.reader = new TopicReader(world, List.of(Topic.APPLICATIONS, Topic.CLUSTERS), true, registry::fold);
        }

        @Override
        public void ownershipChanged() {
            boolean mine = reader.caughtUp() && member.owns(Destination.IN_CLUSTER);
            if (mine && watched == null && world.cluster.reachable()) {
                try {
                    watched = registry.watch(cluster, "argocd", this::say, world::now);
                } catch (NotTaken later) {
                    world.trace.say(member.name, "cannot say which clusters there are");
                }
            } else if (!mine && watched != null) {
                watched = null;
                cluster.closeWatches();
            }
        }

        private void say(Publication publication) {
            if (!world.calm && world.faults.slowBroker() && world.chance.oneIn(10)) {
                throw new NotTaken();
            }
            member.outbox.publish(publication, () -> {});
            member.outbox.flush();
        }

        @Override
        public boolean step() {
            boolean any = reader.step();
            if (watched == null) {
                ownershipChanged();
            }
            for (ModelWatch watch : List.copyOf(cluster.watches())) {
                try {
                    any |= watch.step();
                } catch (NotTaken again) {
                    any = true;
                }
            }
            return any;
        }

        void audit() {
            if (watched != null && world.cluster.reachable()) {
                try {
                    watched.audit();
                } catch (NotTaken later) {
                    world.trace.say(member.name, "cannot say which clusters there are");
                }
            }
        }

        @Override
        public void end() {
            cluster.closeWatches();
        }
    }

    /// Reads all pushes, polls, and delivers news to the applications it owns.
    static final class Manifest implements Edge {
        private final World world;
        private final Member<RenderTask, ManifestNews> member;
        private final SimulatedManifests manifests;
        private final TopicReader pushes;

        Manifest(World world, Member<RenderTask, ManifestNews> member, SimulatedManifests manifests) {
            this.world = world;
            this.member = member;
            this.manifests = manifests;
            this.pushes = new TopicReader(world, List.of(Topic.PUSHES), false, fact -> {
                if (Outbox.event(fact) instanceof RepositoryPushed push && fact.envelope() != null) {
                    manifests.pushed(push, fact.envelope().chain());
                }
            });
        }

        @Override
        public void ownershipChanged() {
            manifests.retain(member::owns);
        }

        @Override
        public boolean step() {
            return world.chance.coin() ? pushes.step() || manifests.step() : manifests.step() || pushes.step();
        }

        void poll() {
            manifests.poll(push -> {
                member.outbox.publish(Publication.of(push, ""), () -> {});
            });
        }
    }

    /// Watches the clusters it owns, knowing what was published of them.
    static final class Observe implements Edge {
        private final World world;
        private final ClusterView cluster;
        private final Outbox writer;
        final SimulatedObserve observe;
        private @Nullable TopicReader reader;
        private boolean caughtUp;

        Observe(World world, String instance) {
            this.world = world;
            this.cluster = new ClusterView(world, instance);
            this.writer = new Outbox(world, instance);
            this.observe = new SimulatedObserve(cluster, "argocd", REDACTION, this::say);
        }

        void begin(Member<?, ?> member) {
            reader =
                    new TopicReader(world, List.of(Topic.APPLICATIONS, Topic.DESIRED, Topic.LIVE), true, observe::fold);
            observe.ownedBy(member::owns);
        }

        private CompletableFuture<Void> say(Publication publication) {
            CompletableFuture<Void> taken = new CompletableFuture<>();
            writer.publish(publication, () -> taken.complete(null));
            return taken;
        }

        @Override
        public void ownershipChanged() {
            observe.retain();
        }

        @Override
        public boolean step() {
            boolean any = reader != null && reader.step();
            if (!caughtUp && reader != null && reader.caughtUp()) {
                caughtUp = true;
                observe.caughtUp();
                any = true;
            }
            if (world.chance.coin()) {
                any |= observe.drain();
            }
            List<ModelWatch> watches = cluster.watches();
            if (!watches.isEmpty()) {
                any |= world.chance.pick(watches).step();
            }
            if (!world.faults.slowBroker() || world.chance.coin()) {
                any |= writer.hasUnsent();
                writer.send();
                writer.acknowledge();
            }
            return any;
        }

        @Override
        public boolean settle() {
            boolean any = false;
            boolean more = true;
            while (more) {
                more = reader != null && reader.step();
                if (!more && !caughtUp) {
                    step();
                }
                more |= observe.drain();
                for (ModelWatch watch : List.copyOf(cluster.watches())) {
                    more |= watch.step();
                }
                more |= writer.flush();
                any |= more;
            }
            return any;
        }

        /// A watch breaks and finds its history gone.
        void loseHistory() {
            List<ModelWatch> watches = cluster.watches();
            if (!watches.isEmpty()) {
                world.chance.pick(watches).lose();
            }
        }

        @Override
        public void end() {
            observe.close();
            cluster.closeWatches();
            writer.crash();
        }
    }
}
