package io.driftless.cluster;

import io.driftless.events.ApplicationSpec.Destination;
import io.driftless.events.GroupKind;
import io.driftless.http.CipherOrder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The control plane's own cluster, which Applications call `https://kubernetes.default.svc`, and
/// the clusters that Secrets in its namespace declare (label `argocd.argoproj.io/secret-type:
/// cluster`). A Secret is read when its cluster is first asked for, now and then afterwards, and
/// when its credentials are refused.
public final class ConnectedClusters implements Clusters, AutoCloseable {
    public static final String CLUSTER_SECRETS = "argocd.argoproj.io/secret-type=cluster";
    private static final int CONNECT_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 30_000;

    private final Vertx vertx;
    private final String namespace;
    private final RequestCounts counts = new RequestCounts();
    private final KubernetesCluster controlPlane;
    private final Map<String, KubernetesCluster> declared = new ConcurrentHashMap<>();

    private ConnectedClusters(Vertx vertx, Config config, String namespace) {
        this.vertx = vertx;
        this.namespace = namespace;
        this.controlPlane = new KubernetesCluster(
                Destination.IN_CLUSTER, new ApiConnection(new Access.Fixed(client(config)), counts));
    }

    /// The cluster of a kubeconfig; `context` null for its current one.
    public static ConnectedClusters ofKubeconfig(
            Vertx vertx, Path kubeconfig, @Nullable String context, String namespace) {
        if (!kubeconfig.toFile().isFile()) {
            throw new IllegalArgumentException("kubeconfig " + kubeconfig + " does not exist: name one that does");
        }
        Config config = context == null
                ? Config.fromKubeconfig(kubeconfig.toFile())
                : Config.fromKubeconfig(context, kubeconfig.toFile());
        return new ConnectedClusters(vertx, config, namespace);
    }

    /// The cluster this process runs in, by its service account.
    public static ConnectedClusters inCluster(Vertx vertx, String namespace) {
        return new ConnectedClusters(vertx, Config.autoConfigure(null), namespace);
    }

    /// The cluster that holds the Applications.
    public Cluster controlPlane() {
        return controlPlane;
    }

    /// The namespace of the control plane, where cluster Secrets lie.
    public String namespace() {
        return namespace;
    }

    /// Requests made to all clusters.
    public RequestCounts requests() {
        return counts;
    }

    @Override
    public Cluster of(String server) {
        String url = ClusterSecret.trimmed(server);
        if (url.equals(Destination.IN_CLUSTER)) {
            return controlPlane;
        }
        KubernetesCluster known = declared.get(url);
        return known != null ? known : declare(url);
    }

    private synchronized KubernetesCluster declare(String url) {
        KubernetesCluster known = declared.get(url);
        if (known != null) {
            return known;
        }
        KubernetesCluster cluster = new KubernetesCluster(
                url,
                new ApiConnection(
                        new DeclaredAccess(
                                () -> secret(url),
                                this::client,
                                "cluster " + url + " is not declared: create a Secret with label "
                                        + "argocd.argoproj.io/secret-type: cluster and this server in namespace "
                                        + namespace,
                                System::nanoTime),
                        counts));
        declared.put(url, cluster);
        return cluster;
    }

    private Optional<ClusterSecret> secret(String url) {
        return ClusterSecret.inOrder(controlPlane.list(new GroupKind("", "Secret"), namespace, CLUSTER_SECRETS))
                .stream()
                .filter(secret -> secret.server().equals(url))
                .findFirst();
    }

    private KubernetesClient client(Config config) {
        Config tuned = new ConfigBuilder(Tokens.settled(config))
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .withHttp2Disable(true)
                .withUserAgent("driftless")
                .build();
        return new KubernetesClientBuilder()
                .withConfig(tuned)
                .withHttpClientFactory(new Connections(vertx))
                .build();
    }

    private static final class Connections extends Vertx5HttpClientFactory {
        Connections(Vertx vertx) {
            super(vertx);
        }

        @Override
        protected void additionalConfig(WebClientOptions options, WebSocketClientOptions webSockets, PoolOptions pool) {
            CipherOrder.preferred().forEach(options::addEnabledCipherSuite);
        }
    }

    @Override
    public void close() {
        declared.values().forEach(KubernetesCluster::close);
        controlPlane.close();
    }
}
