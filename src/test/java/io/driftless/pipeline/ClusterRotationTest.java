package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Delete;
import io.driftless.events.ResourceId;
import io.driftless.pipeline.ArgoCd.Result;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A declared cluster is given another token of its service account.
@ExtendWith(SharedStand.class)
class ClusterRotationTest {
    private static final String ACCOUNTS = "rotation";
    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @AfterEach
    void clear() {
        for (ResourceId id : List.of(
                new ResourceId("argoproj.io", "Application", stand.namespace(), "rotated"),
                secret(stand.namespace(), "rotated"),
                secret(stand.namespace(), "unrotated"),
                new ResourceId("rbac.authorization.k8s.io", "ClusterRoleBinding", "", ACCOUNTS),
                new ResourceId("", "Namespace", "", ACCOUNTS))) {
            stand.cluster().delete(id, null, new Delete(null, null, "Background", false));
        }
    }

    @Test
    void theOldTokenEndsAndTheClusterIsDeployedToWithTheNewOne() {
        String old = account();
        declare(
                "rotated",
                stand.apiServer().toString(),
                "{\"bearerToken\":\"" + old + "\",\"tlsClientConfig\":{\"insecure\":true}}");
        Repository repository = stand.repository("rotation");
        String first = repository.push("a.yaml", configMap("a", "1"));
        stand.apply(Stand.yaml(Declaration.automated(repository)
                .named("rotated")
                .yaml(stand.namespace())
                .replace("https://kubernetes.default.svc", stand.apiServer().toString())));
        stand.awaitSynced("rotated", first);

        Result rotated = OwnCommandLine.run(stand.web().base(), "cluster", "rotate-auth", "rotated");

        assertThat(rotated).isEqualTo(new Result(0, "Cluster 'rotated' rotated auth\n", ""));
        JsonNode config = Stand.yaml(decoded("rotated", "config"));
        String token = config.path("bearerToken").asText();
        assertThat(token).isNotEmpty().isNotEqualTo(old);
        assertThat(config.at("/tlsClientConfig/insecure").asBoolean()).isTrue();
        assertThat(stand.cluster().get(secret(ACCOUNTS, "first-token"), null)).isEmpty();
        String second = repository.push("a.yaml", configMap("a", "2"));
        stand.awaitSynced("rotated", second);
        assertThat(stand.value("rotated", "a")).isEqualTo("2");
    }

    @Test
    void credentialsThatAreNoTokenOfASecretStay() {
        declare("unrotated", "https://127.0.0.1:9", "{\"bearerToken\":\"s3cr3t\"}");

        Web.Answer answer = stand.web().post(rotate("https://127.0.0.1:9"), "{}");

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.text())
                .contains("https://127.0.0.1:9", "bearer token")
                .doesNotContain("s3cr3t");
        assertThat(decoded("unrotated", "config")).contains("s3cr3t");
        assertThat(stand.web()
                        .post(rotate("https://kubernetes.default.svc"), "{}")
                        .code())
                .isEqualTo(400);
    }

    /// The token of a new service account that may do everything.
    private String account() {
        stand.apply(Stand.yaml("{apiVersion: v1, kind: Namespace, metadata: {name: " + ACCOUNTS + "}}"));
        stand.apply(Stand.yaml(
                "{apiVersion: v1, kind: ServiceAccount, metadata: {name: manager, namespace: " + ACCOUNTS + "}}"));
        stand.apply(Stand.yaml("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: rotation}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, name: manager, namespace: rotation}]
                """));
        stand.apply(Stand.yaml("""
                apiVersion: v1
                kind: Secret
                type: kubernetes.io/service-account-token
                metadata: {name: first-token, namespace: rotation, annotations: {kubernetes.io/service-account.name: manager}}
                """));
        awaitThat(
                "there is a token",
                () -> stand.object("v1", "Secret", ACCOUNTS, "first-token")
                        .at("/data/token")
                        .isTextual());
        return text(stand.object("v1", "Secret", ACCOUNTS, "first-token"), "token");
    }

    private void declare(String name, String server, String config) {
        stand.apply(Stand.yaml(Declaration.cluster(name, stand.namespace(), server, config)));
        awaitThat(
                "the API knows the cluster",
                () -> stand.web().get("/api/v1/clusters").text().contains(server));
    }

    private static ResourceId secret(String namespace, String name) {
        return new ResourceId("", "Secret", namespace, name);
    }

    private String decoded(String secret, String key) {
        return text(stand.object("v1", "Secret", stand.namespace(), secret), key);
    }

    private static String text(JsonNode secret, String key) {
        return new String(
                Base64.getDecoder().decode(secret.path("data").path(key).asText()), UTF_8);
    }

    private static String rotate(String server) {
        return "/api/v1/clusters/" + URLEncoder.encode(server, UTF_8) + "/rotate-auth";
    }
}
