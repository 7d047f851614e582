package io.driftless.observe;

import io.driftless.cluster.Clusters;
import io.driftless.events.GroupKind;
import io.driftless.redact.Redaction;
import io.driftless.stage.Fact;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The observers of the clusters this instance owns. They begin once what was published before is known, and end when
/// ownership ends.
public final class Observers implements AutoCloseable {
    private static final Duration SHOWN_WITHIN = Duration.ofMillis(50);
    private static final Duration REPORTED_WITHIN = Duration.ofMillis(20);
    private static final Duration SAID_TOGETHER = Duration.ofMillis(8);
    /// What we wrote ourselves, a sync of some objects being as long.
    private static final Duration EXPECTED_WITHIN = Duration.ofMillis(20);
    private final Clusters clusters;
    private final String controlPlaneNamespace;
    private final Redaction redaction;
    private final Say say;
    private final ChildTopic children;
    private final Consumer<ClusterObserver> begin;
    private final Surroundings surroundings = new Surroundings();
    private final Published published = new Published();
    private final Map<String, ClusterObserver> running = new HashMap<>();
    private final Set<String> followed = new TreeSet<>();
    private Predicate<String> owned = server -> true;
    private boolean caughtUp;
    private boolean closed;

    public Observers(Clusters clusters, String controlPlaneNamespace, Redaction redaction, Say say) {
        this(
                clusters,
                controlPlaneNamespace,
                redaction,
                new Paced(new Bunched(say, SAID_TOGETHER, EXPECTED_WITHIN), REPORTED_WITHIN),
                new Gathered(say, SHOWN_WITHIN),
                ClusterObserver::start);
    }

    /// @param ofChildren where what is said of children goes
    /// @param begin starts an observer: on a thread of its own, or not at all where somebody works its notes off
    Observers(
            Clusters clusters,
            String controlPlaneNamespace,
            Redaction redaction,
            Say say,
            Say ofChildren,
            Consumer<ClusterObserver> begin) {
        this.clusters = clusters;
        this.begin = begin;
        this.controlPlaneNamespace = controlPlaneNamespace;
        this.redaction = redaction;
        this.say = say;
        this.children = new ChildTopic(ofChildren);
    }

    /// Takes in a record of `applications`, `desired`, `live` or `children`, from their beginning on.
    public void fold(Fact fact) {
        boolean newKind = switch (fact.topic()) {
            case LIVE -> published.fold(fact);
            case CHILDREN -> {
                children.fold(fact);
                yield false;
            }
            default -> surroundings.fold(fact);
        };
        if (newKind) {
            want();
        }
    }

    /// Everything that was there at the start has been folded.
    public synchronized void caughtUp() {
        caughtUp = true;
        Set.copyOf(followed).forEach(this::start);
    }

    /// Says who owns a cluster; until then everything is ours.
    synchronized void ownedBy(Predicate<String> rule) {
        owned = rule;
        retain();
    }

    /// Observe this cluster from now on, or no longer. Passed over when the cluster has gone to another instance
    /// meanwhile.
    public synchronized void follow(String server, boolean wanted) {
        if (wanted && owned.test(server)) {
            followed.add(server);
            start(server);
        } else {
            followed.remove(server);
            stop(server);
        }
    }

    /// Ends the observers of clusters that belong to another instance now.
    public synchronized void retain() {
        for (String server : Set.copyOf(followed)) {
            if (!owned.test(server)) {
                followed.remove(server);
                stop(server);
            }
        }
    }

    private void start(String server) {
        if (!caughtUp || closed || running.containsKey(server)) {
            return;
        }
        LiveObject reader = new LiveObject(server, controlPlaneNamespace, redaction, surroundings::managers);
        ClusterObserver observer =
                new ClusterObserver(server, clusters, reader, published, new ChildObserver(server, children), say);
        running.put(server, observer);
        begin.accept(observer);
        observer.want(kinds(server));
    }

    private void stop(String server) {
        ClusterObserver observer = running.remove(server);
        if (observer != null) {
            observer.close();
        }
    }

    private synchronized void want() {
        running.forEach((server, observer) -> observer.want(kinds(server)));
    }

    private Set<GroupKind> kinds(String server) {
        Set<GroupKind> kinds = new TreeSet<>(surroundings.kinds(server));
        kinds.addAll(published.kinds(server));
        return kinds;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Set.copyOf(running.keySet()).forEach(this::stop);
    }
}
