package io.driftless.app;

import io.driftless.api.ApiConfig;
import io.driftless.api.ApiStage;
import io.driftless.api.KafkaEvents;
import io.driftless.cluster.Cluster;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.http.Certificate;
import io.driftless.http.Door;
import io.driftless.http.MetricsText;
import io.driftless.http.Publisher;
import io.driftless.http.RootPath;
import io.driftless.manifest.ManifestStage;
import io.driftless.manifest.RenderTargets;
import io.driftless.project.NamespacePatterns;
import io.driftless.settings.ServerCertificate;
import io.driftless.stage.EventWriter;
import io.driftless.webhook.WebhookConfig;
import io.driftless.webhook.WebhookRoutes;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The doors of this process on one port: webhook, API, events, page, health and metrics.
final class WebPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebPort.class);
    private final Door door;
    private final URI address;
    private final List<AutoCloseable> open;
    private final @Nullable ApiStage api;

    private WebPort(Door door, URI address, List<AutoCloseable> open, @Nullable ApiStage api) {
        this.api = api;
        this.door = door;
        this.address = address;
        this.open = open;
    }

    static WebPort open(Foundation foundation, StageSet stages) {
        ServerOptions options = foundation.options();
        Cluster controlPlane = foundation.clusters().controlPlane();
        List<AutoCloseable> open = new ArrayList<>();
        EventWriter writer = foundation.runtime().writer("doors");
        open.add(writer);
        Publisher publisher = publication -> writer.publish(publication).mapEmpty();
        List<Consumer<Router>> routes = new ArrayList<>();
        routes.add(new RootPath(options.paths().root())::mount);
        if (options.stages().contains(Stage.WEBHOOK)) {
            ArgoCdSecret secrets = new ArgoCdSecret(controlPlane, options.namespace());
            open.add(secrets);
            Publisher pushes = publication -> {
                Future<Void> said = publisher.publish(publication);
                if (publication.event() instanceof RepositoryPushed push) {
                    stages.manifestStage().ifPresent(manifest -> manifest.expect(push));
                }
                return said;
            };
            routes.add(new WebhookRoutes(foundation.vertx(), WebhookConfig.DEFAULT, secrets, pushes)::mount);
        }
        Repositories repositories = new Repositories(foundation);
        open.add(repositories);
        boolean serves = options.stages().contains(Stage.API);
        ApiStage api = new ApiStage(
                ApiConfig.of(options.namespace(), options.auth()),
                KafkaEvents.surroundings(
                        foundation.runtime(),
                        publisher,
                        controlPlane,
                        foundation.clusters(),
                        new GitSources(
                                () -> stages.manifestStage()
                                        .map(ManifestStage::inspector)
                                        .orElseGet(repositories::inspector),
                                new RenderTargets(foundation.clusters(), options.namespace()),
                                foundation::redaction),
                        text -> count(text, foundation, stages),
                        manifests -> foundation.seal().seal(manifests)),
                new ApiStage.Place(
                        options.paths().base(),
                        serves ? ApplicationNamespaces.of(options, controlPlane) : NamespacePatterns.NONE));
        if (serves) {
            api.start();
            open.add(api);
            routes.add(api::mount);
        } else {
            routes.add(api::mountProbes);
        }
        @Nullable
        Certificate certificate = options.tls() ? ServerCertificate.load(controlPlane, options.namespace()) : null;
        Door door = Door.open(foundation.vertx(), options.host(), options.port(), certificate, routes)
                .await();
        return new WebPort(
                door,
                URI.create((options.tls() ? "https://" : "http://") + options.host() + ":" + door.port()),
                open,
                serves ? api : null);
    }

    private static void count(MetricsText text, Foundation foundation, StageSet stages) {
        foundation
                .clusters()
                .requests()
                .byVerb()
                .forEach((verb, count) -> text.counter("driftless_api_requests_total", Map.of("verb", verb), count));
        stages.manifestStage().ifPresent(manifest -> {
            text.counter("driftless_renders_total", Map.of(), manifest.renders());
            text.counter("driftless_fetches_total", Map.of(), manifest.fetches());
        });
    }

    /// Waits until the API, where it runs here, has read what it shows.
    void awaitReady(Duration limit) throws InterruptedException {
        if (api != null) {
            api.awaitComplete(limit);
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        door.close().await();
        for (AutoCloseable part : open.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part of the web port did not close cleanly", e);
            }
        }
    }
}
