package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.auth.AuthMode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Clusters;
import io.driftless.events.GroupKind;
import io.driftless.events.Topic;
import io.driftless.http.Answers;
import io.driftless.http.BodyReader;
import io.driftless.http.HttpFailure;
import io.driftless.http.MetricsText;
import io.driftless.http.Publisher;
import io.driftless.objects.yaml.InvalidYaml;
import io.driftless.project.GlobalProjects;
import io.driftless.proto.Schema;
import io.driftless.rpc.GrpcRoutes;
import io.driftless.rpc.Methods;
import io.driftless.rpc.RestRoutes;
import io.driftless.settings.LabelledSecrets;
import io.driftless.settings.NamespacePatterns;
import io.driftless.settings.RepositoryLogins;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The API of one process: starts the read model and the watch of Applications, mounts the routes.
public final class ApiStage implements AutoCloseable {
    private static final GroupKind APPLICATION = new GroupKind("argoproj.io", "Application");
    private static final Set<Topic> WAITED_FOR = Set.of(Topic.DRIFT, Topic.OPERATIONS);
    private static final GroupKind PROJECT = new GroupKind("argoproj.io", "AppProject");
    private final ApiConfig config;
    private final Surroundings around;
    private final String basePath;
    private final ApplicationCache cache;
    private final NamespacePatterns namespaces;
    private final ProjectCache projects = new ProjectCache();
    private final ReadModel model = new ReadModel();
    private final EventRing ring;
    private final Refresher refresher;
    private final RepeatedRequests repeated = new RepeatedRequests();
    private final List<EventSource.Reading> readings = new ArrayList<>();
    private final ClusterSightings sightings = new ClusterSightings();
    private final TreeStreams trees;
    private final List<Cluster.Watch> open = new ArrayList<>();
    private @Nullable LabelledSecrets secrets;
    private Security security = Security.none(projects);

    /// What the API needs from outside.
    ///
    /// @param cluster the control plane, where Applications are written
    /// @param clusters where the applications go
    /// @param events reads every topic
    /// @param sources what lies in repositories
    /// @param publisher says commands
    /// @param health how the stages of this process are
    /// @param metrics add what they count to `/metrics`
    /// @param seal seals manifests that are given with a sync
    public record Surroundings(
            Cluster cluster,
            Clusters clusters,
            EventSource events,
            Sources sources,
            Publisher publisher,
            Supplier<HealthReport> health,
            List<Consumer<MetricsText>> metrics,
            Function<JsonNode, String> seal) {
        /// An API that takes no manifests: it cannot seal them.
        public Surroundings(
                Cluster cluster,
                Clusters clusters,
                EventSource events,
                Sources sources,
                Publisher publisher,
                Supplier<HealthReport> health,
                List<Consumer<MetricsText>> metrics) {
            this(cluster, clusters, events, sources, publisher, health, metrics, manifests -> {
                throw HttpFailure.unsupported("a sync of local manifests here");
            });
        }

        public Surroundings {
            metrics = List.copyOf(metrics);
        }
    }

    /// Where the API is seen, and where its Applications are.
    ///
    /// @param basePath below which browsers see it, such as `/driftless`; empty for the root
    /// @param namespaces of Applications, beside the control plane's own
    public record Place(String basePath, NamespacePatterns namespaces) {
        static final Place ROOT = new Place("", NamespacePatterns.NONE);
    }

    public ApiStage(ApiConfig config, Surroundings around) {
        this(config, around, Place.ROOT);
    }

    public ApiStage(ApiConfig config, Surroundings around, Place place) {
        this.config = config;
        this.trees = new TreeStreams(config);
        this.basePath = place.basePath();
        this.namespaces = place.namespaces();
        this.cache = new ApplicationCache(
                name -> name.namespace().equals(config.namespace()) || namespaces.matches(name.namespace()));
        this.around = around;
        this.ring = new EventRing(config.keptEvents(), config.keptBytes());
        this.refresher = new Refresher(around.publisher(), model, config.refreshPatience());
    }

    /// Begins to read; returns once it is known who may come in. Fails when the control plane does not serve
    /// Applications.
    public void start() {
        Cluster cluster = around.cluster();
        if (config.auth() == AuthMode.ACCOUNTS) {
            security = Security.accounts(cluster, config.namespace(), projects, InstantSource.system());
        }
        DefaultProject.ensure(projectObjects(), config.namespace());
        secrets = new LabelledSecrets(cluster, config.namespace());
        open.add(secrets::close);
        readings.add(around.events().read(Positions.none(), this::saw));
        readings.add(around.events().follow(WAITED_FOR, this::told));
        open.add(cluster.watch(
                new Cluster.WatchRequest(APPLICATION, namespaces.isEmpty() ? config.namespace() : "", "", ""), cache));
        open.add(cluster.watch(new Cluster.WatchRequest(PROJECT, config.namespace(), "", ""), projects));
    }

    /// What clients wait for, before all else.
    private void told(StoredEvent event) {
        model.fold(event);
        cache.touch(event.subject());
        refresher.saw(event);
    }

    private void saw(StoredEvent event) {
        repeated.saw(event);
        if (!WAITED_FOR.contains(event.topic())) {
            model.fold(event);
            refresher.saw(event);
        }
        ring.add(event);
        sightings.saw(event);
        trees.saw(event);
    }

    /// Adds the routes; the webhook's are to be mounted before, because Git hosts call under any name.
    public void mount(Router router) {
        StreamSlots slots = new StreamSlots(config.maxStreams());
        BodyReader bodies = new BodyReader(config.maxBodyBytes(), Duration.ofSeconds(10), config.maxBodyBytes() * 20);
        MetricsRoutes metrics = new MetricsRoutes(cache, slots, around.metrics(), security::seesAll);
        new SystemRoutes(around.health(), this::complete, this::askControlPlane).mountProbes(router);
        router.route().handler(metrics::count);
        router.route()
                .handler(new Guard(config.allowedHosts(), security.accounts().isPresent())::check);
        metrics.mount(router);
        Methods methods = methods(slots);
        new GrpcRoutes(methods, security, bodies).mount(router);
        new RestRoutes(methods, security, bodies).mount(router);
        new DifferenceRoutes(security, access(), model, config.namespace()).mount(router);
        new EventStreamRoutes(config, security, ring, around.events(), slots).mount(router);
        new SwaggerRoutes(methods.schema(), config, basePath).mount(router);
        new WebPage(basePath).mount(router);
        router.route("/api/v1/*")
                .handler(context -> Answers.fail(
                        context, HttpFailure.unsupported(context.request().method() + " of this path of the API")));
    }

    private Methods methods(StreamSlots slots) {
        Methods methods = new Methods(Schema.argoCd());
        ApplicationAccess access = access();
        ApplicationViews views = new ApplicationViews(model);
        new SessionMethods(security, basePath).register(methods);
        new AccountMethods(security).register(methods);
        new SettingsMethods(security, config).register(methods);
        new ApplicationReadMethods(cache, access, refresher, views, slots, config).register(methods);
        ProjectPermits permits = new ProjectPermits(
                projects,
                () -> secrets == null ? List.of() : secrets.ofType("cluster"),
                this::globals,
                new ProjectPermits.Homes(config.namespace(), namespaces));
        SourceCheck check = new SourceCheck(around.sources());
        new ApplicationWriteMethods(
                        new Applications(around.cluster()),
                        access,
                        permits,
                        check,
                        new WriteArrival(cache),
                        config.namespace())
                .register(methods);
        new RevisionMethods(access, around.sources()).register(methods);
        new OperationMethods(access, permits, model, around.publisher(), around.seal(), repeated).register(methods);
        new SyncWindowMethods(access, permits, InstantSource.system()).register(methods);
        new ResourceMethods(access, model, around.sources(), security::settings, trees, slots).register(methods);
        OwnedResources owned = new OwnedResources(model, around.clusters(), permits);
        new LiveResourceMethods(access, owned).register(methods);
        new ResourceActionMethods(access, owned).register(methods);
        new ServerSideDiffMethod(access, owned, model).register(methods);
        new PodLogMethod(access, new ApplicationPods(owned), security.rbac(), slots, config).register(methods);
        new ApplicationSetMethods(around.cluster(), cache, security.rbac(), config.namespace()).register(methods);
        ConfigMaps maps = new ConfigMaps(around.cluster(), config.namespace());
        new CertificateMethods(maps, security).register(methods);
        new PublicKeyMethods(maps, security).register(methods);
        new NotificationMethods(maps).register(methods);
        ControlObjects projectObjects = projectObjects();
        ProjectMethods projectMethods =
                new ProjectMethods(projectObjects, projects, cache, security, config.namespace());
        projectMethods.register(methods);
        new ProjectTokenMethods(projectObjects, projectMethods, security, config.namespace()).register(methods);
        if (secrets != null) {
            ControlObjects secretObjects = new ControlObjects(around.cluster(), "v1", "Secret");
            ControlSecrets control = new ControlSecrets(secretObjects, secrets, config.namespace());
            for (RepositoryUse use : List.of(RepositoryUse.READ, RepositoryUse.WRITE)) {
                new RepositoryMethods(use, control, secrets, security).register(methods);
                new RepositoryCredentialMethods(use, control, secrets, security).register(methods);
            }
            new RepositoryContentMethods(
                            new RepositoryLogins(secrets),
                            security,
                            around.sources(),
                            permits,
                            cache,
                            config.namespace())
                    .register(methods);
            new ClusterMethods(control, secrets, sightings, cache, security).register(methods);
            new ProjectDetailMethods(projectMethods, permits, secrets, around.cluster(), maps, config.namespace())
                    .register(methods);
        }
        return methods;
    }

    private void askControlPlane() {
        projectObjects().get(config.namespace(), "default");
    }

    private GlobalProjects globals() {
        try {
            // Settings are held where there are accounts alone; elsewhere they are looked at.
            return GlobalProjects.parse(
                    security.accounts().isPresent()
                            ? security.settings().config("globalProjects")
                            : new ConfigMaps(around.cluster(), config.namespace())
                                    .data("argocd-cm")
                                    .getOrDefault("globalProjects", ""));
        } catch (InvalidYaml unreadable) {
            return GlobalProjects.NONE; // the registry says so
        }
    }

    private ControlObjects projectObjects() {
        return new ControlObjects(around.cluster(), Applications.API_VERSION, "AppProject");
    }

    private ApplicationAccess access() {
        return new ApplicationAccess(cache, security.rbac(), config.namespace());
    }

    /// Adds health and metrics alone, for a process that runs other stages.
    public void mountProbes(Router router) {
        new SystemRoutes(around.health(), () -> true, () -> {}).mountProbes(router);
        new MetricsRoutes(cache, new StreamSlots(config.maxStreams()), around.metrics(), request -> true).mount(router);
    }

    /// Whether Applications and topics have been read to their end.
    public boolean complete() {
        return cache.complete() && around.events().caughtUp().isDone();
    }

    ReadModel readModel() {
        return model;
    }

    /// Waits until Applications and topics have been read to their end; fails with [IllegalStateException] when the
    /// limit is over.
    public void awaitComplete(Duration limit) throws InterruptedException {
        CompletableFuture<?> read =
                CompletableFuture.allOf(cache.read(), around.events().caughtUp());
        try {
            read.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the API is not ready after " + limit.toSeconds() + " s: "
                            + (cache.complete() ? "the topics" : "the Applications of the control plane")
                            + " have not been read yet",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics cannot be read", e.getCause());
        }
    }

    @Override
    public void close() {
        for (Cluster.Watch part : open) {
            part.close();
        }
        security.close();
        readings.forEach(EventSource.Reading::close);
    }
}
