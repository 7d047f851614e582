package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static io.driftless.pipeline.Stand.configMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftless.cluster.Cluster.Delete;
import io.driftless.events.ResourceId;
import io.driftless.events.Topic;
import io.driftless.http.Certificate;
import io.driftless.http.SelfSigned;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Secrets that declare clusters and cannot be worked with, or say something else than before. Each test is named after
/// the inputs it plays. They wait for clusters to be given up and taken up again, so they wait together.
@ExtendWith(SharedStand.class)
class BadClusterSecretsTest {
    private static final String CANARY = "c4n4ry-t0ken";
    private final Vertx vertx = Vertx.vertx();
    private final List<TokenGate> gates = new ArrayList<>();
    private final List<ResourceId> declared = new ArrayList<>();
    private Stand stand;

    @BeforeEach
    void on(Stand shared) {
        stand = shared;
    }

    @AfterEach
    void clear() {
        for (ResourceId id : declared.reversed()) {
            stand.cluster().delete(id, null, new Delete(null, null, "Background", false));
        }
        gates.forEach(TokenGate::close);
        vertx.close().await();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void c01ClustersThatCannotBeOpenedSaySoAndNothingIsPruned() {
        Certificate own = SelfSigned.make(List.of("127.0.0.1"), Instant.now());
        Certificate old = SelfSigned.make(List.of("127.0.0.1"), Instant.now().minus(Duration.ofDays(800)));
        TokenGate running = gate(null);
        secret("c01-running", running, bearer(CANARY));
        Repository repository = stand.repository("c01-running");
        String good = repository.push(Map.of("a.yaml", configMap("a", "1"), "b.yaml", configMap("b", "1")));
        application("c01-running", repository, running);
        stand.awaitSynced("c01-running", good);

        Map<String, String> configs = new LinkedHashMap<>();
        configs.put("c01-json", "{\"bearerToken\":\"" + CANARY + "\",");
        configs.put("c01-ca", "{\"bearerToken\":\"" + CANARY + "\",\"tlsClientConfig\":{\"caData\":\"!\"}}");
        configs.put("c01-wrong-ca", trusting(SelfSigned.make(List.of("127.0.0.1"), Instant.now())));
        configs.put("c01-expired", trusting(old));
        configs.put("c01-token", "{\"bearerToken\":\"\"}");
        configs.forEach((name, config) -> {
            TokenGate gate = gate(name.equals("c01-expired") ? old : name.equals("c01-token") ? null : own);
            secret(name, gate, config);
            application(name, repository, gate);
        });
        secret("c01-running", running, "{\"bearerToken\":\"" + CANARY + "\"");
        running.accept("another");

        assertThat(broken("c01-json")).contains("cluster Secret argocd/c01-json: config is not JSON");
        assertThat(broken("c01-ca")).contains("cluster Secret argocd/c01-ca", "caData", "PEM", "base64");
        assertThat(broken("c01-wrong-ca")).contains("check its address and credentials");
        assertThat(broken("c01-expired")).contains("check its address and credentials");
        assertThat(broken("c01-token")).contains("cluster Secret argocd/c01-token are refused", "key config");
        assertThat(broken("c01-running")).contains("cluster Secret argocd/c01-running: config is not JSON");

        assertThat(stand.value("c01-running", "a")).isEqualTo("1");
        assertThat(stand.value("c01-running", "b")).isEqualTo("1");
        for (String name : configs.keySet()) {
            assertThat(stand.status(name).has("operationState")).as(name).isFalse();
        }
        assertThat(stand.web().get("/api/v1/clusters").json().toString())
                .contains("config is not JSON")
                .doesNotContain(CANARY);

        secret("c01-running", running, bearer("another"));
        String mended = repository.push("a.yaml", configMap("a", "2"));
        stand.awaitSynced("c01-running", mended);
        assertThat(stand.value("c01-running", "a")).isEqualTo("2");
    }

    /// The ComparisonError of an Application of which nothing is known for certain.
    private String broken(String application) {
        String message = stand.awaitCondition(application, "ComparisonError", "does not answer");
        assertThat(stand.status(application).at("/sync/status").asText())
                .as(application)
                .isEqualTo("Unknown");
        assertThat(message).doesNotContain(CANARY);
        return message;
    }

    @Test
    void c02ASecretThatRunsAProgramOrReadsAFileOpensNothing() {
        Map<String, String> configs = Map.of(
                "c02-exec", "{\"execProviderConfig\":{\"command\":\"" + CANARY + "\"}}",
                "c02-file", "{\"bearerToken\":\"" + CANARY + "\",\"tlsClientConfig\":{\"caFile\":\"/etc/hostname\"}}");
        configs.forEach((name, config) -> {
            TokenGate gate = gate(null);
            secret(name, gate, config);
            Repository repository = stand.repository(name);
            repository.push("a.yaml", configMap("a", "1"));
            application(name, repository, gate);
        });

        assertThat(broken("c02-exec")).contains("execProviderConfig is refused", "bearerToken");
        assertThat(broken("c02-file")).contains("caFile is refused", "caData");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void c03OfTwoSecretsForOneServerTheOlderCounts() {
        TokenGate gate = gate(null);
        secret("c03-older", gate, bearer(CANARY));
        long created = Instant.parse(stand.object("v1", "Secret", stand.namespace(), "c03-older")
                        .at("/metadata/creationTimestamp")
                        .asText())
                .getEpochSecond();
        awaitThat("it is older", () -> Instant.now().getEpochSecond() > created);
        secret("c03-a-newer", gate, bearer("wrong"));
        Repository repository = stand.repository("c03");
        String commit = repository.push("a.yaml", configMap("a", "1"));
        application("c03", repository, gate);

        stand.awaitSynced("c03", commit);

        assertThat(stand.records().of(Topic.CLUSTERS))
                .filteredOn(record -> record.key().equals(gate.url()) && record.data().length > 0)
                .isNotEmpty()
                .allSatisfy(record ->
                        assertThat(record.json().path("secret").asText()).isEqualTo(stand.namespace() + "/c03-older"));
        stand.cluster().delete(secretId("c03-older"), null, new Delete(null, null, "Background", false));
        awaitThat(
                "the other one counts",
                () -> stand.records().of(Topic.CLUSTERS).stream()
                        .filter(record -> record.key().equals(gate.url()) && record.data().length > 0)
                        .anyMatch(
                                record -> record.json().path("secret").asText().endsWith("/c03-a-newer")));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void c05ATokenThatIsAnotherIsTakenUpAndOneThatIsRevokedIsNamed() {
        TokenGate gate = gate(null);
        secret("c05", gate, bearer(CANARY));
        Repository repository = stand.repository("c05");
        String first = repository.push("a.yaml", configMap("a", "1"));
        application("c05", repository, gate);
        stand.awaitSynced("c05", first);

        secret("c05", gate, bearer("rotated"));
        gate.accept("rotated");
        String second = repository.push("a.yaml", configMap("a", "2"));
        stand.awaitSynced("c05", second);
        assertThat(stand.value("c05", "a")).isEqualTo("2");
        assertThat(stand.condition("c05", "ComparisonError")).isEmpty();

        gate.accept("revoked");
        assertThat(stand.awaitCondition("c05", "ComparisonError", "are refused"))
                .contains("Unauthorized", "cluster Secret argocd/c05")
                .doesNotContain(CANARY, "rotated");
        assertThat(stand.value("c05", "a")).isEqualTo("2");

        secret("c05", gate, bearer("revoked"));
        String third = repository.push("a.yaml", configMap("a", "3"));
        stand.awaitSynced("c05", third);
        assertThat(stand.value("c05", "a")).isEqualTo("3");
        assertThat(stand.status("c05").has("conditions")).isFalse();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void c06AShardOfArgoCdIsNoMatterWhateverItSays() {
        Repository repository = stand.repository("c06");
        String commit = repository.push("a.yaml", configMap("a", "1"));
        Map<String, String> shards = Map.of("c06-text", "abc", "c06-negative", "-1", "c06-large", "1000000000");
        shards.forEach((name, shard) -> {
            TokenGate gate = gate(null);
            stand.apply(Stand.yaml(yaml(name, gate, bearer(CANARY)) + "  shard: \"" + shard + "\"\n"));
            declared.add(secretId(name));
            application(name, repository, gate);
        });
        shards.keySet().forEach(name -> stand.awaitSynced(name, commit));
    }

    private TokenGate gate(@org.jspecify.annotations.Nullable Certificate certificate) {
        TokenGate gate = new TokenGate(vertx, stand.sandbox().url(), CANARY, certificate);
        gates.add(gate);
        return gate;
    }

    private static String bearer(String token) {
        return "{\"bearerToken\":\"" + token + "\"}";
    }

    private static String trusting(Certificate certificate) {
        String data =
                Base64.getEncoder().encodeToString(certificate.certificate().getBytes(UTF_8));
        return "{\"bearerToken\":\"" + CANARY + "\",\"tlsClientConfig\":{\"caData\":\"" + data + "\"}}";
    }

    private void secret(String name, TokenGate gate, String config) {
        stand.apply(Stand.yaml(yaml(name, gate, config)));
        if (!declared.contains(secretId(name))) {
            declared.add(secretId(name));
        }
    }

    private String yaml(String name, TokenGate gate, String config) {
        return Declaration.cluster(name, stand.namespace(), gate.url(), config);
    }

    private ResourceId secretId(String name) {
        return new ResourceId("", "Secret", stand.namespace(), name);
    }

    private void application(String name, Repository repository, TokenGate gate) {
        stand.apply(Stand.yaml(Declaration.automated(repository)
                .named(name)
                .yaml(stand.namespace())
                .replace("https://kubernetes.default.svc", gate.url())));
        declared.add(new ResourceId("argoproj.io", "Application", stand.namespace(), name));
    }
}
