package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.auth.AuthMode;
import io.driftless.cluster.Cluster;
import io.driftless.cluster.Clusters;
import io.driftless.http.Answers;
import io.driftless.http.BodyReader;
import io.driftless.http.HttpFailure;
import io.driftless.http.MetricsText;
import io.driftless.http.Publisher;
import io.driftless.project.NamespacePatterns;
import io.driftless.rpc.Bodies;
import io.driftless.rpc.GrpcRoutes;
import io.driftless.rpc.Methods;
import io.driftless.rpc.RestRoutes;
import io.driftless.settings.NamedObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The API of one process: what it answers from, who may ask, and the routes.
public final class ApiStage implements AutoCloseable {
    private final ApiConfig config;
    private final Surroundings around;
    private final String basePath;
    private final ApiFeeds feeds;
    private final SingleSignOn singleSignOn = new SingleSignOn();
    private Security security;
    private @Nullable NamedObject settings;

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
        this.basePath = place.basePath();
        this.around = around;
        this.feeds = new ApiFeeds(config, around, new ProjectPermits.Homes(config.namespace(), place.namespaces()));
        this.security = Security.none(feeds.projects());
    }

    /// Begins to read; returns once it is known who may come in. Fails when the control plane does not serve
    /// Applications.
    public void start() {
        Cluster cluster = around.cluster();
        if (config.auth() == AuthMode.ACCOUNTS) {
            security = Security.accounts(cluster, config.namespace(), feeds.projects(), InstantSource.system());
            security.listen(now -> feeds.globals().take(now.config("globalProjects")));
            security.listen(singleSignOn::take);
        } else {
            settings = new NamedObject(cluster, "ConfigMap", config.namespace(), "argocd-cm", this::globalProjects);
            globalProjects();
        }
        DefaultProject.ensure(projectObjects(), config.namespace());
        feeds.start();
    }

    /// Where nobody has an account, this is all that counts of the settings.
    private void globalProjects() {
        if (settings != null) {
            feeds.globals().take(settings.get().at("/data/globalProjects").asText(""));
        }
    }

    /// Adds the routes; the webhook's are to be mounted before, because Git hosts call under any name. To be called
    /// after [#start()].
    public void mount(Router router) {
        StreamSlots slots = new StreamSlots(config.maxStreams());
        Bodies bodies = new Bodies(
                new BodyReader(config.maxBodyBytes(), Duration.ofSeconds(10), config.maxBodyBytes() * 20),
                new BodyReader(config.maxStreamBytes(), Duration.ofSeconds(60), config.maxStreamBytes() * 2));
        MetricsRoutes metrics = new MetricsRoutes(feeds.applications(), slots, around.metrics(), security::seesAll);
        new SystemRoutes(around.health(), this::complete, this::askControlPlane).mountProbes(router);
        router.route().handler(metrics::count);
        router.route()
                .handler(new Guard(config.allowedHosts(), security.accounts().isPresent())::check);
        metrics.mount(router);
        Methods methods = ApiMethods.of(config, around, feeds, security, slots, basePath);
        new GrpcRoutes(methods, security, bodies).mount(router);
        new RestRoutes(methods, security, bodies).mount(router);
        ApplicationAccess access = new ApplicationAccess(feeds.applications(), security.rbac(), config.namespace());
        new DifferenceRoutes(security, access, feeds.model(), config.namespace()).mount(router);
        new EventStreamRoutes(config, security, feeds.ring(), around.events(), slots).mount(router);
        new SwaggerRoutes(methods.schema(), config, basePath).mount(router);
        singleSignOn.mount(router);
        new WebPage(basePath).mount(router);
        router.route("/api/v1/*")
                .handler(context -> Answers.fail(
                        context, HttpFailure.unsupported(context.request().method() + " of this path of the API")));
    }

    private void askControlPlane() {
        projectObjects().get(config.namespace(), "default");
    }

    private ControlObjects projectObjects() {
        return new ControlObjects(around.cluster(), Applications.API_VERSION, "AppProject");
    }

    /// Adds health and metrics alone, for a process that runs other stages.
    public void mountProbes(Router router) {
        new SystemRoutes(around.health(), () -> true, () -> {}).mountProbes(router);
        new MetricsRoutes(feeds.applications(), new StreamSlots(config.maxStreams()), around.metrics(), request -> true)
                .mount(router);
    }

    /// Whether Applications and topics have been read to their end.
    public boolean complete() {
        return feeds.complete();
    }

    /// Waits until Applications and topics have been read to their end; fails with [IllegalStateException] when the
    /// limit is over.
    public void awaitComplete(Duration limit) throws InterruptedException {
        feeds.awaitComplete(limit);
    }

    @Override
    public void close() {
        feeds.close();
        if (settings != null) {
            settings.close();
        }
        security.close();
    }
}
