package io.driftless.registry;

import io.driftless.cluster.Cluster;
import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.Topic;
import io.driftless.project.NamespacePatterns;
import io.driftless.stage.Decision;
import io.driftless.stage.EventReader;
import io.driftless.stage.Fact;
import io.driftless.stage.KafkaFailure;
import io.driftless.stage.Logic;
import io.driftless.stage.OrderedWriter;
import io.driftless.stage.Publication;
import io.driftless.stage.StageDefinition;
import io.driftless.stage.StageHandle;
import io.driftless.stage.StageRuntime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Runs the registry: one instance, the owner of the partition of the control plane's cluster,
/// watches Applications and cluster Secrets; every instance writes the status of the Applications
/// it owns.
public final class RegistryStage implements AutoCloseable {
    private static final String NAME = "registry";
    private static final long SAY_SECONDS = 60;

    private final StageRuntime runtime;
    private final Cluster cluster;
    private final String namespace;
    private final NamespacePatterns namespaces;
    private final OrderedWriter writer;
    private final Known known = new Known();
    private final EventReader reader;
    private final StageHandle<Nothing> owner;
    private final StageHandle<StatusTask.Outcome> status;
    private @Nullable Registrar registrar;
    private boolean closed;

    /// Owning the control plane asks for no tasks.
    enum Nothing {
        NOTHING
    }

    private RegistryStage(StageRuntime runtime, Cluster cluster, String namespace, NamespacePatterns namespaces) {
        this.runtime = runtime;
        this.cluster = cluster;
        this.namespace = namespace;
        this.namespaces = namespaces;
        this.writer = runtime.orderedWriter(NAME);
        this.reader = runtime.reader(
                NAME,
                new EventReader.Request(
                        Set.of(Topic.APPLICATIONS, Topic.CLUSTERS),
                        new EventReader.From.Beginning(),
                        read -> known.fold(read.fact())));
        this.owner = runtime.start(
                new StageDefinition<Nothing, Nothing>(NAME, Set.of(Topic.CLUSTERS), Set.of(), subject -> new Idle(), 1),
                (subject, task) -> Nothing.NOTHING);
        this.status = runtime.start(StatusLogic.definition(), new StatusWriter(cluster));
    }

    /// Starts it; returns at once.
    ///
    /// @param cluster the control plane's
    /// @param namespace of the control plane: Applications and cluster Secrets
    /// @param namespaces further namespaces with Applications
    public static RegistryStage start(
            StageRuntime runtime, Cluster cluster, String namespace, NamespacePatterns namespaces) {
        RegistryStage stage = new RegistryStage(runtime, cluster, namespace, namespaces);
        stage.owner.onOwnershipChange(stage::take);
        Thread.startVirtualThread(
                () -> stage.reader.caughtUp().thenRun(stage::take).join());
        return stage;
    }

    /// The stages as their runtime sees them.
    public List<StageHandle<?>> handles() {
        return List.of(owner, status);
    }

    /// Begins or ends watching, as ownership says.
    private synchronized void take() {
        boolean mine = !closed && reader.caughtUp().isDone() && owner.owns(Destination.IN_CLUSTER);
        if (mine && registrar == null) {
            registrar = new Registrar(cluster, namespace, namespaces, this::say, known, runtime.clock());
        } else if (!mine && registrar != null) {
            registrar.close();
            registrar = null;
        }
    }

    private void say(Publication publication) {
        try {
            writer.publish(publication).get(SAY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaFailure("the registry could not publish " + publication.key(), e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        take();
        owner.close();
        status.close();
        reader.close();
        writer.close();
    }

    /// Whoever is assigned the partition owns it; there is nothing to decide.
    private static final class Idle implements Logic<Nothing, Nothing> {
        @Override
        public void fold(Fact fact) {
            // Nothing depends on it.
        }

        @Override
        public void finished(Nothing outcome) {
            // There are no tasks.
        }

        @Override
        public Decision<Nothing> decide(Instant now) {
            return Decision.nothing();
        }
    }
}
