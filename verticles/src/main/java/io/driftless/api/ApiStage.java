package io.driftless.api;

import io.driftless.cluster.Cluster;
import io.driftless.events.GroupKind;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.MetricsText;
import io.driftless.http.Publisher;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The API of one process: starts the read model and the watch of Applications, mounts the routes.
public final class ApiStage implements AutoCloseable {
    private static final GroupKind APPLICATION = new GroupKind("argoproj.io", "Application");
    private final ApiConfig config;
    private final Surroundings around;
    private final ApplicationCache cache = new ApplicationCache();
    private final ReadModel model = new ReadModel();
    private final EventRing ring;
    private final Refresher refresher;
    private EventSource.@Nullable Reading reading;
    private Cluster.@Nullable Watch watch;

    /// What the API needs from outside.
    ///
    /// @param cluster the control plane, where Applications are written
    /// @param events reads every topic
    /// @param caughtUp whether the reading of every topic that [#start] began has reached the end
    /// @param publisher says commands
    /// @param health how the stages of this process are
    /// @param metrics add what they count to `/metrics`
    public record Surroundings(
            Cluster cluster,
            EventSource events,
            BooleanSupplier caughtUp,
            Publisher publisher,
            Supplier<HealthReport> health,
            List<Consumer<MetricsText>> metrics) {
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

    /// Begins to read; returns at once. Fails when the control plane does not serve Applications.
    public void start() {
        reading = around.events().read(Positions.none(), this::saw);
        watch = around.cluster().watch(new Cluster.WatchRequest(APPLICATION, config.namespace(), "", ""), cache);
    }

    private void saw(StoredEvent event) {
        model.fold(event);
        ring.add(event);
        refresher.saw(event);
    }

    /// Adds the routes; the webhook's are to be mounted before, because Git hosts call under any name.
    public void mount(Router router) {
        StreamSlots slots = new StreamSlots(config.maxStreams());
        Bodies bodies = new Bodies(config);
        MetricsRoutes metrics = new MetricsRoutes(cache, slots, around.metrics());
        SystemRoutes system = new SystemRoutes(config, around.health(), this::complete);
        system.mountProbes(router);
        router.route().handler(metrics::count);
        router.route().handler(new Guard(config.allowedHosts())::check);
        system.mount(router);
        metrics.mount(router);
        new ApplicationReadRoutes(config, cache, refresher).mount(router);
        new ApplicationWriteRoutes(config, new Applications(around.cluster()), bodies).mount(router);
        new OperationRoutes(config, cache, model, around.publisher(), bodies).mount(router);
        new ResourceRoutes(config, cache, model).mount(router);
        new ApplicationStreamRoutes(cache, slots).mount(router);
        new EventStreamRoutes(config, ring, around.events(), slots).mount(router);
        new WebPage().mount(router);
        router.route("/api/v1/*")
                .handler(context -> Answers.fail(
                        context, HttpFailure.unsupported(context.request().method() + " of this path of the API")));
    }

    /// Adds health and metrics alone, for a process that runs other stages.
    public void mountProbes(Router router) {
        new SystemRoutes(config, around.health(), () -> true).mountProbes(router);
        new MetricsRoutes(cache, new StreamSlots(config.maxStreams()), around.metrics()).mount(router);
    }

    /// Whether Applications and topics have been read to their end.
    public boolean complete() {
        return cache.complete() && around.caughtUp().getAsBoolean();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (reading != null) {
            reading.close();
        }
    }
}
