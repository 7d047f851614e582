package io.driftless.registry;

import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.GroupKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the control plane for as long as this instance owns it: cluster Secrets first, then the Applications, which
/// are read
/// again whenever the set of clusters changes.
final class Registrar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final GroupKind APPLICATION = new GroupKind("argoproj.io", "Application");
    private static final GroupKind SECRET = new GroupKind("", "Secret");
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    private static final long AUDIT_SECONDS = 60;

    private final Cluster cluster;
    private final String namespace;
    private final Set<String> namespaces;
    private final Say say;
    private final InstantSource clock;
    private final Known known;
    private final Map<String, ApplicationEvent> applications;
    private final TopicAudit<ApplicationEvent> audit = new TopicAudit<>();
    private final ClusterSecrets secrets;
    private final Semaphore clustersChanged = new Semaphore(0);
    private final List<Watch> watches = new ArrayList<>();
    private final Thread thread;

    /// @param namespaces where Applications are read beside the control plane's own namespace
    Registrar(Cluster cluster, String namespace, Set<String> namespaces, Say say, Known known, InstantSource clock) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.namespaces = namespaces;
        this.say = say;
        this.clock = clock;
        this.known = known;
        this.applications = new ConcurrentHashMap<>(known.applications());
        this.secrets = new ClusterSecrets(say, known.clusters(), clustersChanged::release);
        this.thread = Thread.ofVirtual().name("registry").start(this::run);
    }

    private void run() {
        Watch declared = null;
        long wait = FIRST_WAIT_MILLIS;
        try {
            while (!Thread.interrupted()) {
                try {
                    if (declared == null) {
                        declared = cluster.watch(
                                new WatchRequest(SECRET, namespace, "", ConnectedClusters.CLUSTER_SECRETS), secrets);
                    }
                    if (!clustersChanged.tryAcquire(AUDIT_SECONDS, TimeUnit.SECONDS)) {
                        audit();
                        continue;
                    }
                    clustersChanged.drainPermits();
                    watchApplications();
                    wait = FIRST_WAIT_MILLIS;
                } catch (RuntimeException e) {
                    LOG.warn("the control plane cannot be watched: {}", e.getMessage());
                    boolean sooner = clustersChanged.tryAcquire(wait, TimeUnit.MILLISECONDS);
                    LOG.debug("trying again, {}", sooner ? "clusters changed" : "after a wait");
                    wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
                    clustersChanged.release();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the registry gives up the control plane");
        } finally {
            closeApplications();
            if (declared != null) {
                declared.close();
            }
        }
    }

    /// Says again what an instance that lost the control plane has overwritten late.
    private void audit() {
        secrets.audit(known.clusters());
        Map<String, ApplicationEvent> held = known.applications();
        if (audit.strayed(held, applications)) {
            LOG.warn("another instance spoke about Applications too, they are read again");
            applications.clear();
            applications.putAll(held);
            watchApplications();
        }
    }

    private void watchApplications() {
        closeApplications();
        watch(namespace);
        namespaces.stream().filter(other -> !other.equals(namespace)).forEach(this::watch);
    }

    private void watch(String where) {
        Applications handler = new Applications(where, cluster, say, applications, secrets::names, clock);
        watches.add(cluster.watch(new WatchRequest(APPLICATION, where, "", ""), handler));
    }

    private void closeApplications() {
        watches.forEach(Watch::close);
        watches.clear();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
