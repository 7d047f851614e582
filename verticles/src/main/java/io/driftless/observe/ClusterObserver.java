package io.driftless.observe;

import io.driftless.cluster.ApiException;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.ServedKind;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.cluster.ClusterUnreachableException;
import io.driftless.cluster.Clusters;
import io.driftless.events.GroupKind;
import io.driftless.events.LiveEvent;
import io.driftless.events.LiveEvent.ClusterObserved;
import io.driftless.events.LiveEvent.ClusterUnreachable;
import io.driftless.stage.Publication;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Owns the watches of one cluster: opens one for each kind in use, says when everything has been
/// seen, and when the cluster stopped answering. A virtual thread works off its [Note]s one at a
/// time; the watches publish by themselves.
final class ClusterObserver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterObserver.class);
    private static final long UNREACHABLE_MILLIS = 10_000;
    private static final long RECHECK_MILLIS = 60_000;
    private static final long FIRST_RETRY_MILLIS = 500;

    private final String server;
    private final Clusters clusters;
    private final LiveObject reader;
    private final Published published;
    private final Say say;
    private final BlockingQueue<Note> notes = new LinkedBlockingQueue<>();
    private final Map<GroupKind, Watch> watches = new TreeMap<>();
    private final Map<GroupKind, KindWatcher> watchers = new TreeMap<>();
    private final LiveAudit audit;
    private final Set<GroupKind> wanted = new TreeSet<>();
    private final Set<GroupKind> complete = new TreeSet<>();
    private final Set<GroupKind> unknown = new TreeSet<>();
    private final DefinitionWatch definitions = new DefinitionWatch(() -> notes.add(new Note.Recheck(true)));
    private final ChildObserver children;
    private final Thread thread;
    private @Nullable LiveEvent said;
    private long failingSince;
    private boolean openFailed;
    private long retryMillis = FIRST_RETRY_MILLIS;

    ClusterObserver(
            String server, Clusters clusters, LiveObject reader, Published published, ChildObserver children, Say say) {
        this.server = server;
        this.clusters = clusters;
        this.reader = reader;
        this.published = published;
        this.children = children;
        this.say = say;
        this.audit = new LiveAudit(server, published);
        this.thread = Thread.ofVirtual().name("observe-" + server).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Adds kinds to those that are watched.
    void want(Set<GroupKind> kinds) {
        notes.add(new Note.Want(Set.copyOf(kinds)));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeWatches();
    }

    private void closeWatches() {
        watches.values().forEach(Watch::close);
        definitions.close();
        children.close();
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                long wait = unknown.isEmpty() && !openFailed ? RECHECK_MILLIS : retryMillis;
                Note note = notes.poll(wait, TimeUnit.MILLISECONDS);
                take(note == null ? new Note.Recheck(false) : note);
            }
        } catch (InterruptedException e) {
            LOG.debug("observer of {} ends", server);
        } finally {
            closeWatches();
        }
    }

    /// Works off the notes there are on the calling thread, for whoever runs an observer without a thread of its own.
    /// False when there were none.
    boolean drain() {
        boolean any = false;
        for (Note note = notes.poll(); note != null && !thread.isInterrupted(); note = notes.poll()) {
            take(note);
            any = true;
        }
        return any;
    }

    /// Looks again for what was not served or did not answer, as happens now and then.
    void recheck() {
        notes.add(new Note.Recheck(false));
    }

    private void take(Note note) {
        switch (note) {
            case Note.Want want -> {
                if (wanted.addAll(want.kinds()) || said == null) {
                    open();
                }
            }
            case Note.Complete done -> {
                complete.add(done.kind());
                report();
            }
            case Note.Failing failing -> unreachable(failing.reason(), failing.sinceMillis());
            case Note.Reachable reachable -> {
                if (said instanceof ClusterUnreachable) {
                    report();
                }
            }
            case Note.Lost lost -> again(lost);
            case Note.Recheck recheck -> {
                retryMillis = recheck.soon() ? FIRST_RETRY_MILLIS : retryMillis;
                if (!unknown.isEmpty() || openFailed) {
                    open();
                }
                audit();
            }
        }
    }

    /// Says again what another instance, which lost this cluster, has overwritten since.
    private void audit() {
        children.audit();
        for (GroupKind kind : audit.strayed(watchers)) {
            again(new Note.Lost(kind, "another instance wrote too"));
        }
        LiveEvent last = said;
        if (last != null && audit.overruled(last)) {
            tell(last);
        }
    }

    /// Opens a watch for each kind that is served and has none.
    private void open() {
        try {
            Cluster cluster = clusters.of(server);
            unknown.clear();
            for (GroupKind kind : wanted) {
                if (!watches.containsKey(kind)) {
                    ServedKind served =
                            cluster.kind(kind).filter(ServedKind::watchable).orElse(null);
                    if (served == null) {
                        unknown.add(kind);
                    } else {
                        watches.put(kind, watch(cluster, kind));
                    }
                }
            }
            definitions.wanted(cluster, !unknown.isEmpty());
            children.open(cluster, wanted);
            openFailed = false;
            retryMillis = unknown.isEmpty() ? FIRST_RETRY_MILLIS : Math.min(RECHECK_MILLIS, retryMillis * 2);
            report();
        } catch (ClusterUnreachableException | ApiException e) {
            long now = System.nanoTime() / 1_000_000;
            failingSince = openFailed ? failingSince : now;
            openFailed = true;
            retryMillis = FIRST_RETRY_MILLIS;
            unreachable("" + e.getMessage(), now - failingSince);
        }
    }

    private Watch watch(Cluster cluster, GroupKind kind) {
        KindWatcher handler =
                new KindWatcher(reader, published.of(server, kind), say, children.index(), new KindNotes(kind, notes));
        watchers.put(kind, handler);
        return cluster.watch(new WatchRequest(kind, "", TrackingId.ANNOTATION, ""), handler);
    }

    private void again(Note.Lost lost) {
        Watch watch = watches.remove(lost.kind());
        if (watch != null) {
            LOG.warn("{}: {} is observed anew: {}", server, lost.kind(), lost.reason());
            watch.close();
            watchers.remove(lost.kind());
            complete.remove(lost.kind());
            open();
        }
    }

    private void unreachable(String reason, long sinceMillis) {
        LOG.debug("{} does not answer: {}", server, reason);
        if (sinceMillis >= UNREACHABLE_MILLIS && !(said instanceof ClusterUnreachable)) {
            LOG.warn("{} does not answer: {}", server, reason);
            tell(new ClusterUnreachable(server, reason));
        }
    }

    /// Says that everything has been seen, once it has and whenever the set of kinds changes.
    private void report() {
        if (!openFailed && complete.containsAll(watches.keySet()) && watches.size() + unknown.size() == wanted.size()) {
            children.rootsComplete();
            LiveEvent now = new ClusterObserved(server, List.copyOf(watches.keySet()), List.copyOf(unknown));
            if (!now.equals(said)) {
                tell(now);
            }
        }
    }

    private void tell(LiveEvent event) {
        said = event;
        say.say(Publication.of(event, "")).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("{}: {} was not accepted", server, event, failure);
            }
        });
    }
}
