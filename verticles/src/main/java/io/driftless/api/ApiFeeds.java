package io.driftless.api;

import io.driftless.cluster.Cluster;
import io.driftless.events.GroupKind;
import io.driftless.events.Topic;
import io.driftless.settings.LabelledSecrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What the API answers from, and how it is kept up to date: the topics, and the Applications, projects and Secrets of
/// the control plane.
final class ApiFeeds implements AutoCloseable {
    private static final GroupKind APPLICATION = new GroupKind("argoproj.io", "Application");
    private static final GroupKind PROJECT = new GroupKind("argoproj.io", "AppProject");
    private static final Set<Topic> WAITED_FOR = Set.of(Topic.DRIFT, Topic.OPERATIONS);
    private final ApiStage.Surroundings around;
    private final ProjectPermits.Homes homes;
    private final ApplicationCache applications;
    private final ProjectCache projects = new ProjectCache();
    private final GlobalProjectCache globals = new GlobalProjectCache();
    private final ReadModel model = new ReadModel();
    private final EventRing ring;
    private final Refresher refresher;
    private final RepeatedRequests repeated = new RepeatedRequests();
    private final ClusterSightings sightings = new ClusterSightings();
    private final TreeStreams trees;
    private final List<EventSource.Reading> readings = new ArrayList<>();
    private final List<Cluster.Watch> watches = new ArrayList<>();
    private @Nullable LabelledSecrets secrets;

    ApiFeeds(ApiConfig config, ApiStage.Surroundings around, ProjectPermits.Homes homes) {
        this.around = around;
        this.homes = homes;
        this.trees = new TreeStreams(config);
        this.applications = new ApplicationCache(
                name -> name.namespace().equals(homes.own()) || homes.further().matches(name.namespace()));
        this.ring = new EventRing(config.keptEvents(), config.keptBytes());
        this.refresher = new Refresher(around.publisher(), model, config.refreshPatience());
    }

    /// Begins to read. Fails when the control plane does not serve Applications.
    void start() {
        Cluster cluster = around.cluster();
        LabelledSecrets declared = new LabelledSecrets(cluster, homes.own());
        secrets = declared;
        watches.add(declared::close);
        readings.add(around.events().read(Positions.none(), this::saw));
        readings.add(around.events().follow(WAITED_FOR, this::told));
        String where = homes.further().isEmpty() ? homes.own() : "";
        watches.add(cluster.watch(new Cluster.WatchRequest(APPLICATION, where, "", ""), applications));
        watches.add(cluster.watch(new Cluster.WatchRequest(PROJECT, homes.own(), "", ""), projects));
    }

    /// What clients wait for, before all else.
    private void told(StoredEvent event) {
        model.fold(event);
        applications.touch(event.subject());
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

    /// Where Applications may be.
    ProjectPermits.Homes homes() {
        return homes;
    }

    ApplicationCache applications() {
        return applications;
    }

    ProjectCache projects() {
        return projects;
    }

    GlobalProjectCache globals() {
        return globals;
    }

    /// The Secrets that declare repositories, credentials and clusters; there from the start on.
    LabelledSecrets secrets() {
        if (secrets == null) {
            throw new IllegalStateException("the API has not been started");
        }
        return secrets;
    }

    ReadModel model() {
        return model;
    }

    EventRing ring() {
        return ring;
    }

    Refresher refresher() {
        return refresher;
    }

    RepeatedRequests repeated() {
        return repeated;
    }

    ClusterSightings sightings() {
        return sightings;
    }

    TreeStreams trees() {
        return trees;
    }

    /// Whether Applications and topics have been read to their end.
    boolean complete() {
        return applications.complete() && around.events().caughtUp().isDone();
    }

    /// Waits for that; fails with [IllegalStateException] when the limit is over.
    void awaitComplete(Duration limit) throws InterruptedException {
        CompletableFuture<?> read =
                CompletableFuture.allOf(applications.read(), around.events().caughtUp());
        try {
            read.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the API is not ready after " + limit.toSeconds() + " s: "
                            + (applications.complete() ? "the topics" : "the Applications of the control plane")
                            + " have not been read yet",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics cannot be read", e.getCause());
        }
    }

    @Override
    public void close() {
        watches.forEach(Cluster.Watch::close);
        readings.forEach(EventSource.Reading::close);
    }
}
