package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.ClusterSecret;
import io.driftless.proto.Schema;
import io.driftless.rpc.Methods;
import io.driftless.settings.RepositoryLogins;
import java.time.InstantSource;
import java.util.List;

/// All methods of Argo CD's API, each with what it needs.
final class ApiMethods {
    private final ApiConfig config;
    private final ApiStage.Surroundings around;
    private final ApiFeeds feeds;
    private final Security security;
    private final StreamSlots slots;
    private final Methods methods = new Methods(Schema.argoCd());
    private final ApplicationAccess access;
    private final ProjectPermits permits;

    private ApiMethods(
            ApiConfig config, ApiStage.Surroundings around, ApiFeeds feeds, Security security, StreamSlots slots) {
        this.config = config;
        this.around = around;
        this.feeds = feeds;
        this.security = security;
        this.slots = slots;
        this.access = new ApplicationAccess(feeds.applications(), security.rbac(), config.namespace());
        this.permits = new ProjectPermits(feeds.projects(), this::clusterSecrets, feeds.globals(), feeds.homes());
    }

    /// @param basePath below which browsers see the API
    static Methods of(
            ApiConfig config,
            ApiStage.Surroundings around,
            ApiFeeds feeds,
            Security security,
            StreamSlots slots,
            String basePath) {
        ApiMethods all = new ApiMethods(config, around, feeds, security, slots);
        all.accounts(basePath);
        all.applications();
        all.resources();
        all.settings();
        all.declarations();
        return all.methods;
    }

    private void accounts(String basePath) {
        new SessionMethods(security, basePath).register(methods);
        new AccountMethods(security).register(methods);
        new SettingsMethods(security, config).register(methods);
    }

    private void applications() {
        ApplicationCache cache = feeds.applications();
        new ApplicationReadMethods(cache, access, feeds.refresher(), new ApplicationViews(feeds.model()), slots, config)
                .register(methods);
        new ApplicationWriteMethods(
                        new Applications(around.cluster()),
                        access,
                        permits,
                        new SourceCheck(around.sources()),
                        new WriteArrival(cache),
                        config.namespace())
                .register(methods);
        new RevisionMethods(access, around.sources()).register(methods);
        new OperationMethods(access, permits, feeds.model(), around.publisher(), around.seal(), feeds.repeated())
                .register(methods);
        new SyncWindowMethods(access, permits, InstantSource.system()).register(methods);
        new ApplicationSetMethods(around.cluster(), cache, security.rbac(), config.namespace()).register(methods);
    }

    private void resources() {
        new ResourceMethods(access, feeds.model(), around.sources(), security::settings, feeds.trees(), slots)
                .register(methods);
        new SentManifestsMethod(access, around.sources()).register(methods);
        OwnedResources owned = new OwnedResources(feeds.model(), around.clusters(), permits);
        new LiveResourceMethods(access, owned).register(methods);
        new ResourceActionMethods(access, owned).register(methods);
        new ServerSideDiffMethod(access, owned, feeds.model()).register(methods);
        new PodLogMethod(access, new ApplicationPods(owned), security.rbac(), slots, config).register(methods);
    }

    private void settings() {
        ConfigMaps maps = maps();
        new CertificateMethods(maps, security).register(methods);
        new PublicKeyMethods(maps, security).register(methods);
        new NotificationMethods(maps).register(methods);
    }

    /// Projects, repositories and clusters.
    private void declarations() {
        String namespace = config.namespace();
        ControlObjects projectObjects = new ControlObjects(around.cluster(), Applications.API_VERSION, "AppProject");
        ProjectMethods projectMethods =
                new ProjectMethods(projectObjects, feeds.projects(), feeds.applications(), security, namespace);
        projectMethods.register(methods);
        new ProjectTokenMethods(projectObjects, projectMethods, security, namespace).register(methods);
        ControlObjects secretObjects = new ControlObjects(around.cluster(), "v1", "Secret");
        ControlSecrets control = new ControlSecrets(secretObjects, feeds.secrets(), namespace);
        for (RepositoryUse use : List.of(RepositoryUse.READ, RepositoryUse.WRITE)) {
            new RepositoryMethods(use, control, feeds.secrets(), security).register(methods);
            new RepositoryCredentialMethods(use, control, feeds.secrets(), security).register(methods);
        }
        new RepositoryContentMethods(
                        new RepositoryLogins(feeds.secrets()),
                        security,
                        around.sources(),
                        permits,
                        feeds.applications(),
                        namespace)
                .register(methods);
        new ClusterMethods(
                        control,
                        new ClusterRotation(around.clusters(), control),
                        feeds.secrets(),
                        feeds.sightings(),
                        feeds.applications(),
                        security)
                .register(methods);
        new ProjectDetailMethods(projectMethods, permits, feeds.secrets(), around.cluster(), maps(), namespace)
                .register(methods);
    }

    private List<JsonNode> clusterSecrets() {
        return ClusterSecret.inOrder(feeds.secrets().ofType("cluster")).stream()
                .map(ClusterSecret::object)
                .toList();
    }

    private ConfigMaps maps() {
        return new ConfigMaps(around.cluster(), config.namespace());
    }
}
