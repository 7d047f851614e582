package io.driftless.registry;

import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.GroupKind;
import io.driftless.stage.Fact;
import io.driftless.stage.Performer;
import io.driftless.stage.Publication;
import io.driftless.stage.StageDefinition;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;

/// The registry without threads: the same handlers of the same watches.
@NullMarked
public final class SimulatedRegistry {
    private final Known known = new Known();

    @SuppressWarnings({"unchecked", "rawtypes"}) // the types of the tasks are nobody's business outside
    public static StageDefinition<Object, Object> statusDefinition() {
        return (StageDefinition) StatusLogic.definition();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public static Performer<Object, Object> statusPerformer(Cluster cluster) {
        return (Performer) new StatusWriter(cluster);
    }

    /// Takes in a record of `applications` or `clusters`.
    public void fold(Fact fact) {
        known.fold(fact);
    }

    /// Begins to watch the control plane, as its owner.
    public Watched watch(Cluster cluster, String namespace, Consumer<Publication> say, InstantSource clock) {
        Map<String, ApplicationEvent> said = new ConcurrentHashMap<>(known.applications());
        ClusterSecrets secrets = new ClusterSecrets(say::accept, known.clusters(), () -> {});
        secrets.listed(List.of());
        Applications handler = new Applications(
                namespace::equals, cluster, say::accept, said, unrestricted(secrets, namespace), clock);
        WatchRequest request = new WatchRequest(new GroupKind("argoproj.io", "Application"), namespace, "", "");
        return new Watched(
                () -> cluster.watch(request, handler),
                cluster.watch(request, handler),
                secrets,
                said,
                new TopicAudit<>());
    }

    private static Applications.Surroundings unrestricted(ClusterSecrets secrets, String home) {
        return new Applications.Surroundings() {
            @Override
            public String home() {
                return home;
            }

            @Override
            public ClusterNames clusters() {
                return secrets.names();
            }

            @Override
            public ProjectBinding projects() {
                return (application, spec) -> ProjectBinding.Bound.FREE;
            }

            @Override
            public void left() {
                // There are no projects.
            }
        };
    }

    /// The control plane as it is watched by its owner.
    public final class Watched {
        private final Supplier<Watch> anew;
        private final ClusterSecrets secrets;
        private final Map<String, ApplicationEvent> said;
        private final TopicAudit<ApplicationEvent> audit;
        private Watch watch;

        private Watched(
                Supplier<Watch> anew,
                Watch watch,
                ClusterSecrets secrets,
                Map<String, ApplicationEvent> said,
                TopicAudit<ApplicationEvent> audit) {
            this.anew = anew;
            this.watch = watch;
            this.secrets = secrets;
            this.said = said;
            this.audit = audit;
        }

        /// What the registrar does once a minute.
        public void audit() {
            secrets.audit(known.clusters());
            Map<String, ApplicationEvent> held = known.applications();
            if (audit.strayed(held, said)) {
                said.clear();
                said.putAll(held);
                watch.close();
                watch = anew.get();
            }
        }
    }
}
