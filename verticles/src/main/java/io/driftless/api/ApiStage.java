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
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The API of one process: starts the read model and the watch of Applications, mounts the routes.
public final class ApiStage implements AutoCloseable {
    private static final GroupKind APPLICATION = new GroupKind("argoproj.io", "Application");
    private static final GroupKind PROJECT = new GroupKind("argoproj.io", "AppProject");
    private final ApiConfig config;
    private final Surroundings around;
    private final ApplicationCache cache = new ApplicationCache();
    private final ProjectCache projects = new ProjectCache();
    private final ReadModel model = new ReadModel();
    private final EventRing ring;
    private final Refresher refresher;
    private EventSource.@Nullable Reading reading;
    private final ClusterSightings sightings = new ClusterSightings();
    private final TreeStreams trees = new TreeStreams();
    private final List<Cluster.Watch> open = new ArrayList<>();
    private @Nullable LabelledSecrets secrets;
    private Security security = Security.none(projects);

    /// What the API needs from outside.
    ///
    /// @param cluster the control plane, where Applications are written
    /// @param clusters where the applications go
    /// @param events reads every topic
    /// @param caughtUp whether the reading of every topic that [#start] began has reached the end
    /// @param publisher says commands
    /// @param health how the stages of this process are
    /// @param metrics add what they count to `/metrics`
    /// @param seal seals manifests that are given with a sync
    public record Surroundings(
            Cluster cluster,
            Clusters clusters,
            EventSource events,
            BooleanSupplier caughtUp,
            Publisher publisher,
            Supplier<HealthReport> health,
            List<Consumer<MetricsText>> metrics,
            Function<JsonNode, String> seal) {
        /// An API that takes no manifests: it cannot seal them.
        public Surroundings(
                Cluster cluster,
                Clusters clusters,
                EventSource events,
                BooleanSupplier caughtUp,
                Publisher publisher,
                Supplier<HealthReport> health,
                List<Consumer<MetricsText>> metrics) {
            this(cluster, clusters, events, caughtUp, publisher, health, metrics, manifests -> {
                throw HttpFailure.unsupported("a sync of local manifests here");
            });
        }

        public Surroundings {
            metrics = List.copyOf(metrics);
        }
    }

    public ApiStage(ApiConfig config, Surroundings around) {
        this.config = config;
        this.around = around;
        this.ring = new EventRing(config.keptEvents(), config.keptBytes());
        this.refresher = new Refresher(around.publisher(), config.refreshPatience());
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
        reading = around.events().read(Positions.none(), this::saw);
        open.add(cluster.watch(new Cluster.WatchRequest(APPLICATION, config.namespace(), "", ""), cache));
        open.add(cluster.watch(new Cluster.WatchRequest(PROJECT, config.namespace(), "", ""), projects));
    }

    private void saw(StoredEvent event) {
        model.fold(event);
        ring.add(event);
        refresher.saw(event);
        sightings.saw(event);
        trees.saw(event);
        if (event.topic() == Topic.OPERATIONS) {
            cache.touch(event.subject());
        }
    }

    /// Adds the routes; the webhook's are to be mounted before, because Git hosts call under any name.
    public void mount(Router router) {
        StreamSlots slots = new StreamSlots(config.maxStreams());
        BodyReader bodies = new BodyReader(config.maxBodyBytes(), Duration.ofSeconds(10), config.maxBodyBytes() * 20);
        MetricsRoutes metrics = new MetricsRoutes(cache, slots, around.metrics(), security::seesAll);
        new SystemRoutes(around.health(), this::complete).mountProbes(router);
        router.route().handler(metrics::count);
        router.route()
                .handler(new Guard(config.allowedHosts(), security.accounts().isPresent())::check);
        metrics.mount(router);
        Methods methods = methods(slots);
        new GrpcRoutes(methods, security, bodies).mount(router);
        new RestRoutes(methods, security, bodies).mount(router);
        new DifferenceRoutes(security, access(), model, config.namespace()).mount(router);
        new EventStreamRoutes(config, security, ring, around.events(), slots).mount(router);
        new WebPage().mount(router);
        router.route("/api/v1/*")
                .handler(context -> Answers.fail(
                        context, HttpFailure.unsupported(context.request().method() + " of this path of the API")));
    }

    private Methods methods(StreamSlots slots) {
        Methods methods = new Methods(Schema.argoCd());
        ApplicationAccess access = access();
        OperationOverlay overlay = new OperationOverlay(model);
        new SessionMethods(security).register(methods);
        new AccountMethods(security).register(methods);
        new SettingsMethods(security, config).register(methods);
        new ApplicationReadMethods(cache, access, refresher, overlay, slots, config.namespace()).register(methods);
        ProjectPermits permits = new ProjectPermits(
                projects, () -> secrets == null ? List.of() : secrets.ofType("cluster"), this::globals);
        new ApplicationWriteMethods(new Applications(around.cluster()), access, permits, config.namespace())
                .register(methods);
        new OperationMethods(access, permits, model, around.publisher(), around.seal()).register(methods);
        new SyncWindowMethods(access, permits, InstantSource.system()).register(methods);
        new ResourceMethods(access, model, security::settings, trees, slots).register(methods);
        OwnedResources owned = new OwnedResources(model, around.clusters(), permits);
        new LiveResourceMethods(access, owned).register(methods);
        new ResourceActionMethods(access, owned).register(methods);
        new ServerSideDiffMethod(access, owned, model).register(methods);
        new PodLogMethod(access, new ApplicationPods(owned), security.rbac(), slots).register(methods);
        new ApplicationSetMethods(around.cluster(), security.rbac(), config.namespace()).register(methods);
        ControlObjects projectObjects = projectObjects();
        ProjectMethods projectMethods =
                new ProjectMethods(projectObjects, projects, cache, security, permits, config.namespace());
        projectMethods.register(methods);
        new ProjectTokenMethods(projectObjects, projectMethods, security, config.namespace()).register(methods);
        if (secrets != null) {
            ControlObjects secretObjects = new ControlObjects(around.cluster(), "v1", "Secret");
            ControlSecrets control = new ControlSecrets(secretObjects, secrets, config.namespace());
            new RepositoryMethods(control, secrets, security).register(methods);
            new RepositoryCredentialMethods(control, secrets, security).register(methods);
            new ClusterMethods(control, secrets, sightings, cache, security).register(methods);
        }
        return methods;
    }

    private GlobalProjects globals() {
        try {
            return GlobalProjects.parse(security.settings().config("globalProjects"));
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
        new SystemRoutes(around.health(), () -> true).mountProbes(router);
        new MetricsRoutes(cache, new StreamSlots(config.maxStreams()), around.metrics(), request -> true).mount(router);
    }

    /// Whether Applications and topics have been read to their end.
    public boolean complete() {
        return cache.complete() && around.caughtUp().getAsBoolean();
    }

    @Override
    public void close() {
        for (Cluster.Watch part : open) {
            part.close();
        }
        security.close();
        if (reading != null) {
            reading.close();
        }
    }
}
