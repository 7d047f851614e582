package io.driftless.observe;

import io.driftless.cluster.Clusters;
import io.driftless.redact.Redaction;
import io.driftless.stage.Fact;
import io.driftless.stage.Performer;
import io.driftless.stage.StageDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/// The observe stage without threads: the same observers, whose notes are worked off when they are told to.
@NullMarked
public final class SimulatedObserve {
    private final List<ClusterObserver> started = new ArrayList<>();
    private final Observers observers;

    public SimulatedObserve(Clusters clusters, String namespace, Redaction redaction, Say say) {
        observers = new Observers(clusters, namespace, redaction, say, say, started::add);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the types of the tasks are nobody's business outside
    public static StageDefinition<Object, Object> definition() {
        return (StageDefinition) ObserveLogic.definition();
    }

    public Performer<Object, Object> performer() {
        return (server, task) -> {
            boolean wanted = ((ObserveLogic.Follow) task).wanted();
            observers.follow(server, wanted);
            return new ObserveLogic.Following(wanted);
        };
    }

    public void ownedBy(Predicate<String> rule) {
        observers.ownedBy(rule);
    }

    public void fold(Fact fact) {
        observers.fold(fact);
    }

    public void caughtUp() {
        observers.caughtUp();
    }

    public void retain() {
        observers.retain();
    }

    /// Works off what the watches noted. False when they noted nothing.
    public boolean drain() {
        boolean any = false;
        for (ClusterObserver observer : List.copyOf(started)) {
            any |= observer.drain();
        }
        return any;
    }

    /// Time has passed.
    public void recheck() {
        started.forEach(ClusterObserver::recheck);
    }

    public void close() {
        observers.close();
    }
}
