package io.driftless.contract;

import io.driftless.localcluster.Identity;
import io.driftless.localcluster.LocalCluster;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The real one: TLS, client certificates, rules of RBAC.
final class RealServer extends Server {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static @Nullable LocalCluster of;
    private static @Nullable HttpClient shared;
    private final LocalCluster cluster;

    RealServer(LocalCluster cluster) {
        super(new Api(http(cluster), cluster.url(), Map.of()), LIMIT);
        this.cluster = cluster;
    }

    /// One client for all cases, so that they share its connections.
    private static synchronized HttpClient http(LocalCluster cluster) {
        if (shared == null || of != cluster) {
            shared = client(cluster, cluster.admin());
            of = cluster;
        }
        return shared;
    }

    private static HttpClient client(LocalCluster cluster, @Nullable Identity identity) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(cluster.tls(identity))
                .build();
    }

    @Override
    Path kubeconfig() {
        return cluster.kubeconfig();
    }

    @Override
    Api unnamed() {
        return new Api(client(cluster, null), cluster.url(), Map.of());
    }

    /// A level without any seats refuses everybody that the schema sends there.
    @Override
    Api throttled() {
        String user = "throttled";
        api().apply(
                        "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations/nobody?fieldManager=contract",
                        """
                apiVersion: flowcontrol.apiserver.k8s.io/v1
                kind: PriorityLevelConfiguration
                metadata: {name: nobody}
                spec:
                  type: Limited
                  limited: {nominalConcurrencyShares: 0, borrowingLimitPercent: 0, lendablePercent: 0, limitResponse: {type: Reject}}
                """);
        api().apply("/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas/nobody?fieldManager=contract", """
                apiVersion: flowcontrol.apiserver.k8s.io/v1
                kind: FlowSchema
                metadata: {name: nobody}
                spec:
                  priorityLevelConfiguration: {name: nobody}
                  matchingPrecedence: 10
                  rules:
                  - subjects: [{kind: User, user: {name: throttled}}]
                    resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], clusterScope: true, namespaces: ["*"]}]
                """);
        Api throttled = api().as(user);
        await("the level is in force", () -> throttled.get("/api/v1/namespaces").code() == 429);
        return throttled;
    }

    @Override
    void compact() {
        String now = api().get("/api/v1/namespaces").version();
        cluster.compact(Long.parseLong(now));
    }
}
