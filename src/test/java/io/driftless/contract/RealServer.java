package io.driftless.contract;

import io.driftless.localcluster.Identity;
import io.driftless.localcluster.LocalCluster;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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

    /// A level without any seats lets one request in and refuses all others meanwhile. The one that is let in waits for
    /// a version of the future, which takes the server some seconds to give up.
    @Override
    Answer tooMuch() {
        api().apply(
                        "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations/nobody?fieldManager=contract",
                        """
                apiVersion: flowcontrol.apiserver.k8s.io/v1
                kind: PriorityLevelConfiguration
                metadata: {name: nobody}
                spec:
                  type: Limited
                  limited: {nominalConcurrencyShares: 0, borrowingLimitPercent: 0, lendablePercent: 0, limitResponse: {type: Reject}}
                """)
                .expect(201);
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
                """)
                .expect(201);
        api().apply("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/throttled?fieldManager=contract", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: throttled}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: throttled}]
                """)
                .expect(201);
        Api throttled = api().as("throttled");
        AtomicBoolean enough = new AtomicBoolean();
        Thread holder = Thread.ofVirtual().start(() -> hold(throttled, enough));
        try {
            AtomicReference<Answer> last = new AtomicReference<>(throttled.get("/api/v1/configmaps"));
            await("somebody is refused", () -> {
                last.set(throttled.get("/api/v1/configmaps"));
                return last.get().code() == 429;
            });
            return last.get();
        } finally {
            enough.set(true);
            holder.interrupt();
        }
    }

    /// Asks for a version that does not come, over and over, so that a seat is taken.
    private static void hold(Api throttled, AtomicBoolean enough) {
        while (!enough.get()) {
            try {
                throttled.get("/api/v1/configmaps?resourceVersion=999999999");
            } catch (AssertionError interrupted) {
                if (!enough.get()) {
                    throw interrupted;
                }
            }
        }
    }

    @Override
    void compact() {
        String now = api().get("/api/v1/namespaces").version();
        cluster.compact(Long.parseLong(now));
    }

    /// The server itself remembers lists for some minutes that etcd has forgotten, so the token is made to name one of
    /// before the beginning.
    @Override
    String forgotten(String token) {
        compact();
        String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        String older = text.replaceFirst("\"rv\":\\d+", "\"rv\":2");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(older.getBytes(StandardCharsets.UTF_8));
    }
}
