package io.driftless.app;

import io.driftless.drift.DriftLogic;
import io.driftless.manifest.ManifestStage;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.web.HostRule;
import io.driftless.notification.NotificationStage;
import io.driftless.notification.Subscription;
import io.driftless.notification.SubscriptionFile;
import io.driftless.observe.ObserveStage;
import io.driftless.registry.RegistryStage;
import io.driftless.stage.StageHandle;
import io.driftless.sync.SyncStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stages of this process that live on Kafka. (The doors, webhook and api, are in [WebPort].)
final class StageSet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StageSet.class);
    private static final int RENDERS_AT_ONCE = 4;
    private final List<StageHandle<?>> handles = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable ManifestStage manifest;

    private StageSet() {}

    static StageSet start(Foundation foundation) {
        StageSet set = new StageSet();
        // Stages late in the pipeline first: each finds its readers waiting.
        List<Stage> wanted = new ArrayList<>(foundation.options().stages());
        wanted.sort(Comparator.reverseOrder());
        wanted.forEach(stage -> set.start(stage, foundation));
        return set;
    }

    private void start(Stage stage, Foundation foundation) {
        ServerOptions options = foundation.options();
        switch (stage) {
            case REGISTRY -> {
                RegistryStage registry = RegistryStage.start(
                        foundation.runtime(),
                        foundation.clusters().controlPlane(),
                        options.namespace(),
                        ApplicationNamespaces.of(options, foundation.clusters().controlPlane()));
                handles.addAll(registry.handles());
                open.add(registry);
            }
            case MANIFEST -> {
                manifest = manifest(foundation, options);
                handles.add(manifest.handle());
                open.add(manifest);
            }
            case OBSERVE -> {
                ObserveStage observe = ObserveStage.start(
                        foundation.runtime(), foundation.clusters(), options.namespace(), foundation.redaction());
                handles.add(observe.handle());
                open.add(observe);
            }
            case DRIFT -> hold(foundation.runtime().start(DriftLogic.definition(), (subject, nothing) -> nothing));
            case SYNC -> {
                SyncStage sync = new SyncStage(foundation.clusters(), foundation.seal()::open);
                hold(foundation.runtime().start(sync.definition(), sync.performer()));
            }
            case NOTIFICATION -> {
                NotificationStage notification = new NotificationStage(subscriptions(options));
                hold(foundation.runtime().start(notification.definition(), notification.performer()));
            }
            case WEBHOOK, API -> {
                // Doors.
            }
        }
    }

    private static List<Subscription> subscriptions(ServerOptions options) {
        List<Subscription> subscriptions = new ArrayList<>(List.of(NotificationStage.log()));
        if (options.notifications() != null) {
            subscriptions.addAll(SubscriptionFile.read(options.notifications()));
        }
        return subscriptions;
    }

    private ManifestStage manifest(Foundation foundation, ServerOptions options) {
        Repositories repositories = new Repositories(foundation);
        open.add(repositories);
        RepositoryMirrors mirrors = repositories.mirrors("mirrors");
        return ManifestStage.start(
                foundation.runtime(),
                mirrors,
                foundation.clusters(),
                foundation.redaction(),
                foundation.seal(),
                new ManifestStage.Settings(
                        options.namespace(),
                        options.pollInterval(),
                        RENDERS_AT_ONCE,
                        new HostRule(options.privateFileHosts())));
    }

    private void hold(StageHandle<?> handle) {
        handles.add(handle);
        open.add(handle);
    }

    /// The manifest stage, if it runs here.
    Optional<ManifestStage> manifestStage() {
        return Optional.ofNullable(manifest);
    }

    void awaitReady(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (StageHandle<?> handle : handles) {
            handle.awaitReady(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    /// Closes them side by side: each may have work to finish.
    @Override
    public void close() {
        List<Thread> closing = new ArrayList<>();
        for (AutoCloseable stage : open) {
            closing.add(Thread.startVirtualThread(() -> {
                try {
                    stage.close();
                } catch (Exception e) {
                    LOG.warn("a stage did not close cleanly", e);
                }
            }));
        }
        try {
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
