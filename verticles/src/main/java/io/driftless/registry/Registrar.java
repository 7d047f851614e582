package io.driftless.registry;

import io.driftless.cluster.Cluster;
import io.driftless.cluster.Cluster.Watch;
import io.driftless.cluster.Cluster.WatchRequest;
import io.driftless.cluster.ConnectedClusters;
import io.driftless.events.ApplicationEvent;
import io.driftless.events.GroupKind;
import io.driftless.project.NamespacePatterns;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the control plane for as long as this instance owns it: cluster Secrets and projects first, then the
/// Applications, which are read again whenever the set of clusters changes; those of one project when that changes.
final class Registrar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final GroupKind APPLICATION = new GroupKind("argoproj.io", "Application");
    private static final GroupKind CONFIG_MAP = new GroupKind("", "ConfigMap");
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
    private final Projects projects = new Projects(this::projectsChanged);
    private final OpenProjects open;
    private final ProjectLookup lookup;
    private final LeavingProjects leaving;
    private final Semaphore clustersChanged = new Semaphore(0);
    /// Also the lock of both.
    private final List<Applications> handlers = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    /// What Applications are read against; used by one thread.
    private final Map<WatchRequest, Watch> surroundings = new LinkedHashMap<>();
    private final Thread thread;
    private volatile boolean clustersRead;

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
        this.open = new OpenProjects(namespace);
        this.lookup = new ProjectLookup(projects, cluster, namespace, clock);
        this.leaving = new LeavingProjects(cluster, projects);
        this.applications = new ConcurrentHashMap<>(known.applications());
        this.secrets = new ClusterSecrets(say, known.clusters(), this::clustersRead);
        this.thread = Thread.ofVirtual().name("registry").start(this::run);
    }

    private void run() {
        long wait = FIRST_WAIT_MILLIS;
        try {
            while (!Thread.interrupted()) {
                try {
                    watchSurroundings();
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
            surroundings.values().forEach(Watch::close);
        }
    }

    private void watchSurroundings() {
        surroundings.computeIfAbsent(
                new WatchRequest(SECRET, namespace, "", ConnectedClusters.CLUSTER_SECRETS),
                request -> cluster.watch(request, secrets));
        surroundings.computeIfAbsent(
                WatchRequest.named(CONFIG_MAP, namespace, GlobalProjectSettings.CONFIG_MAP),
                request -> cluster.watch(request, new GlobalProjectSettings(projects)));
        surroundings.computeIfAbsent(
                new WatchRequest(PROJECT, namespace, "", ""), request -> cluster.watch(request, projects));
    }

    private void clustersRead() {
        clustersRead = true;
        clustersChanged.release();
    }

    private void projectsChanged(Set<String> names) {
        names.forEach(name -> projects.get(name).ifPresent(open::look));
        synchronized (handlers) {
            handlers.forEach(handler -> handler.projectsChanged(names));
            if (handlers.isEmpty()) {
                clustersChanged.release();
            }
        }
        letProjectsGo();
    }

    private void letProjectsGo() {
        synchronized (handlers) {
            if (!handlers.isEmpty()) {
                leaving.letGo(project -> handlers.stream().anyMatch(handler -> handler.use(project)));
            }
        }
    }

    /// Says again what an instance that lost the control plane has overwritten late.
    private void audit() {
        letProjectsGo();
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
        synchronized (handlers) {
            closeApplications();
            if (clustersRead && projects.complete()) {
                Applications handler =
                        new Applications(this::ours, cluster, say, applications, new ReadAgainst(), clock);
                // One watch of all namespaces rather than one of each: patterns match namespaces that come later, too.
                String where = namespaces.isEmpty() ? namespace : "";
                handlers.add(handler);
                watches.add(cluster.watch(new WatchRequest(APPLICATION, where, "", ""), handler));
            }
        }
    }

    private boolean ours(String where) {
        return where.equals(namespace) || namespaces.matches(where);
    }

    private void closeApplications() {
        synchronized (handlers) {
            watches.forEach(Watch::close);
            watches.clear();
            handlers.clear();
        }
    }

    private final class ReadAgainst implements Applications.Surroundings {
        @Override
        public String home() {
            return namespace;
        }

        @Override
        public ClusterNames clusters() {
            return secrets.names();
        }

        @Override
        public ProjectBinding projects() {
            return new ProjectBinding.ToProjects(lookup::get, secrets.names(), namespace);
        }

        @Override
        public void left() {
            Thread.startVirtualThread(Registrar.this::letProjectsGo);
        }
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
