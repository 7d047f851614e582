package io.driftless.registry;

import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.ApplicationName;
import io.driftless.events.GroupKind;
import io.driftless.settings.NamespacePatterns;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the control plane for as long as this instance owns it: cluster Secrets first, then the Applications, which
/// are read
/// again whenever the set of clusters changes.
final class Registrar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final GroupKind APPLICATION = new GroupKind("argoproj.io", "Application");
    private static final GroupKind PROJECT = new GroupKind("argoproj.io", "AppProject");
    private static final GroupKind SECRET = new GroupKind("", "Secret");
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    private static final long AUDIT_SECONDS = 60;

    private final Cluster cluster;
    private final String namespace;
    private final NamespacePatterns namespaces;
    private final Say say;
    private final InstantSource clock;
    private final Known known;
    private final Map<String, ApplicationEvent> applications;
    private final TopicAudit<ApplicationEvent> audit = new TopicAudit<>();
    private final ClusterSecrets secrets;
    private final SourceNamespaces projects;
    private final Semaphore clustersChanged = new Semaphore(0);
    private final List<Watch> watches = new ArrayList<>();
    private final Thread thread;

    /// @param namespaces where Applications are read beside the control plane's own namespace
    Registrar(
            Cluster cluster,
            String namespace,
            NamespacePatterns namespaces,
            Say say,
            Known known,
            InstantSource clock) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.namespaces = namespaces;
        this.say = say;
        this.clock = clock;
        this.known = known;
        this.applications = new ConcurrentHashMap<>(known.applications());
        this.secrets = new ClusterSecrets(say, known.clusters(), clustersChanged::release);
        this.projects = new SourceNamespaces(clustersChanged::release);
        this.thread = Thread.ofVirtual().name("registry").start(this::run);
    }

    private void run() {
        Watch declared = null;
        Watch permitted = null;
        long wait = FIRST_WAIT_MILLIS;
        try {
            while (!Thread.interrupted()) {
                try {
                    if (declared == null) {
                        declared = cluster.watch(
                                new WatchRequest(SECRET, namespace, "", ConnectedClusters.CLUSTER_SECRETS), secrets);
                    }
                    if (permitted == null && !namespaces.isEmpty()) {
                        permitted = cluster.watch(new WatchRequest(PROJECT, namespace, "", ""), projects);
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
            if (permitted != null) {
                permitted.close();
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
        Applications handler = new Applications(this::refusal, cluster, say, applications, secrets::names, clock);
        // One watch of all namespaces rather than one of each: patterns match namespaces that come later, too.
        String where = namespaces.isEmpty() ? namespace : "";
        watches.add(cluster.watch(new WatchRequest(APPLICATION, where, "", ""), handler));
    }

    /// Why an Application is not worked on: null when it is, empty when it is none of ours at all.
    private @Nullable String refusal(ApplicationName application, String project) {
        String where = application.namespace();
        if (where.equals(namespace)) {
            return null;
        }
        if (!namespaces.matches(where)) {
            return "";
        }
        return projects.permits(project, where)
                ? null
                : "application '" + application.name() + "' in namespace '" + where
                        + "' is not permitted to use project '" + project
                        + "'; add the namespace to spec.sourceNamespaces of the project";
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
