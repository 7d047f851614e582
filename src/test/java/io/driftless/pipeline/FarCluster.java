package io.driftless.pipeline;

import io.driftless.cluster.Cluster.Delete;
import io.driftless.events.ResourceId;
import io.vertx.core.Vertx;

/// A cluster that a Secret declares and that can go away: another address of the stand's own.
final class FarCluster implements AutoCloseable {
    private static final String TOKEN = "far";
    private final Vertx vertx = Vertx.vertx();
    private final Stand stand;
    private final ResourceId secret;
    private final TokenGate gate;
    private boolean away;

    private FarCluster(Stand stand, String name) {
        this.stand = stand;
        this.secret = new ResourceId("", "Secret", stand.namespace(), name);
        this.gate = new TokenGate(vertx, stand.sandbox().url(), TOKEN, null);
    }

    static FarCluster declare(Stand stand, String name) {
        FarCluster far = new FarCluster(stand, name);
        stand.apply(Stand.yaml("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %s
                  namespace: %s
                  labels: {argocd.argoproj.io/secret-type: cluster}
                stringData: {name: %s, server: "%s", config: '{"bearerToken":"%s"}'}
                """.formatted(name, stand.namespace(), name, far.gate.url(), TOKEN)));
        return far;
    }

    String url() {
        return gate.url();
    }

    /// From now on nobody answers there.
    void goAway() {
        if (!away) {
            away = true;
            gate.close();
        }
    }

    @Override
    public void close() {
        stand.cluster().delete(secret, null, new Delete(null, null, "Background", false));
        goAway();
        vertx.close().await();
    }
}
