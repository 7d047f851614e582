package io.driftless.manifest;

import io.driftless.cluster.Clusters;
import io.driftless.events.PushEvent.RepositoryPushed;
import io.driftless.events.Topic;
import io.driftless.manifest.ManifestNews.LookAgain;
import io.driftless.manifest.git.RepositoryMirrors;
import io.driftless.manifest.web.HostRule;
import io.driftless.manifest.web.WebFiles;
import io.driftless.redact.Redaction;
import io.driftless.redact.Seal;
import io.driftless.stage.EventReader;
import io.driftless.stage.EventWriter;
import io.driftless.stage.Publication;
import io.driftless.stage.StageDefinition;
import io.driftless.stage.StageHandle;
import io.driftless.stage.StageRuntime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The manifest stage, running: reads all pushes, renders the applications it is assigned.
public final class ManifestStage implements AutoCloseable {
    private final RepositoryMirrors mirrors;
    private final WebFiles files;
    private final ManifestPerformer performer;
    private final StageHandle<ManifestNews> handle;
    private final EventReader pushes;
    private final EventWriter writer;
    private final RepositoryPoller poller;
    private final PushIntake intake;
    private final RepositoryInspector inspector;

    /// What the stage needs beside Kafka.
    ///
    /// @param controlPlaneNamespace Applications in it are tracked by their name alone
    /// @param pollInterval how often repositories are looked at without a push, before jitter
    /// @param concurrency how many renders may run at once
    /// @param fileHosts which hosts may be asked for files that kustomizations name
    public record Settings(String controlPlaneNamespace, Duration pollInterval, int concurrency, HostRule fileHosts) {
        /// Argo CD looks every 120 s and up to 60 s later (`timeout.reconciliation`).
        public static final Duration DEFAULT_POLL = Duration.ofSeconds(120);
    }

    private ManifestStage(
            RepositoryMirrors mirrors,
            WebFiles files,
            ManifestPerformer performer,
            StageHandle<ManifestNews> handle,
            EventReader pushes,
            EventWriter writer,
            RepositoryPoller poller,
            PushIntake intake,
            RepositoryInspector inspector) {
        this.mirrors = mirrors;
        this.files = files;
        this.performer = performer;
        this.handle = handle;
        this.pushes = pushes;
        this.writer = writer;
        this.poller = poller;
        this.intake = intake;
        this.inspector = inspector;
    }

    /// The decisions of the stage, for those who run it on something else than Kafka.
    public static StageDefinition<RenderTask, ManifestNews> definition(int concurrency) {
        return ManifestLogic.definition(concurrency);
    }

    public static ManifestStage start(
            StageRuntime runtime,
            RepositoryMirrors mirrors,
            Clusters clusters,
            Redaction redaction,
            Seal seal,
            Settings settings) {
        WebFiles files = new WebFiles(runtime.vertx(), settings.fileHosts(), WebFiles.Settings.DEFAULT);
        RemoteStates remotes = new RemoteStates(new RemoteCommits(mirrors), files);
        RepositoryIndex index = new RepositoryIndex();
        AtomicReference<StageHandle<ManifestNews>> running = new AtomicReference<>();
        HeadComparison comparison = new HeadComparison((subject, news) -> {
            StageHandle<ManifestNews> handle = running.get();
            if (handle != null) {
                handle.deliver(subject, news);
            }
        });
        Manifests manifests = new Manifests(redaction, seal);
        RevisionPerformer revisions = new RevisionPerformer(
                mirrors, remotes, new RenderTargets(clusters, settings.controlPlaneNamespace()), manifests, seal::open);
        ManifestPerformer performer = new ManifestPerformer(
                mirrors, remotes, index, comparison, clusters, manifests, settings.controlPlaneNamespace());
        StageHandle<ManifestNews> handle = runtime.start(
                definition(settings.concurrency()),
                (subject, task) ->
                        task.order() == null ? performer.perform(subject, task) : revisions.answer(task, task.order()));
        running.set(handle);
        handle.onOwnershipChange(() -> index.retain(owned(handle, index)));
        PushIntake intake = new PushIntake(mirrors, index, handle::deliver, comparison);
        EventReader.Request all = new EventReader.Request(Set.of(Topic.PUSHES), new EventReader.From.Now(), record -> {
            if (record.envelope() != null && record.envelope().event() instanceof RepositoryPushed push) {
                intake.pushed(push, record.envelope().chain());
            }
        });
        EventReader pushes = runtime.reader("manifest-pushes", all.burying());
        EventWriter writer = runtime.writer("manifest");
        RemoteBaseWatch watch = new RemoteBaseWatch(remotes, index, handle::deliver);
        RepositoryPoller poller = new RepositoryPoller(
                mirrors, index, settings.pollInterval(), push -> writer.publish(Publication.of(push, "")), () -> {
                    index.strayed(mirrors::opening).forEach(subject -> handle.deliver(subject, new LookAgain("")));
                    watch.start();
                });
        return new ManifestStage(
                mirrors,
                files,
                performer,
                handle,
                pushes,
                writer,
                poller,
                intake,
                RepositoryInspector.sharing(mirrors, remotes));
    }

    private static Set<String> owned(StageHandle<ManifestNews> handle, RepositoryIndex index) {
        Set<String> owned = new HashSet<>(index.subjects());
        owned.removeIf(subject -> !handle.owns(subject));
        return owned;
    }

    public StageHandle<?> handle() {
        return handle;
    }

    /// To be told of a push while the broker takes it in: the fetch need not wait for that, and harms nobody where the
    /// push is never said.
    public void expect(RepositoryPushed push) {
        intake.expected(push);
    }

    /// Looks into the repositories of this stage, and into others.
    public RepositoryInspector inspector() {
        return inspector;
    }

    /// How many renders were made since the start.
    public long renders() {
        return performer.renders();
    }

    /// How many times a Git host was asked since the start.
    public long fetches() {
        return mirrors.fetches();
    }

    @Override
    public void close() {
        poller.close();
        pushes.close();
        handle.close();
        writer.close();
        mirrors.close();
        files.close();
    }
}
