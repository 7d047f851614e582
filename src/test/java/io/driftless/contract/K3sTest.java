package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/// A few cases of the contract on a K3s in a container, where an engine for that answers: another
/// distribution, with its own store.
class K3sTest {
    private static final String IMAGE = "rancher/k3s:v1.34.1-k3s1";
    private static final int PORT = 6443;

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static GenericContainer<?> container;

    @SuppressWarnings("NullAway.Init")
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "SKIPPED: K3s: no container engine answers; install Docker, or rely on the tests of the real cluster");
        container = new GenericContainer<>(IMAGE)
                .withPrivilegedMode(true)
                .withCommand("server", "--tls-san=localhost", "--disable=traefik", "--disable=metrics-server")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forLogMessage(".*Node controller sync successful.*", 1)
                        .withStartupTimeout(Duration.ofMinutes(3)));
        try {
            container.start();
        } catch (ContainerFetchException e) {
            Assumptions.abort("SKIPPED: K3s: the image " + IMAGE + " cannot be fetched: " + e.getMessage());
        }
        Path kubeconfig = folder.resolve("kubeconfig");
        container.copyFileFromContainer("/etc/rancher/k3s/k3s.yaml", kubeconfig.toString());
        String server = "https://" + container.getHost() + ":" + container.getMappedPort(PORT);
        Files.writeString(kubeconfig, Files.readString(kubeconfig).replaceFirst("server: .*", "server: " + server));
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(SSLUtils.sslContext(Config.fromKubeconfig(kubeconfig.toFile())))
                .build();
        api = new Api(http, URI.create(server), Map.of());
    }

    @AfterAll
    static void end() {
        if (container != null) {
            container.close();
        }
    }

    @Test
    void fieldsAreOwnedByWhoAppliedThem() {
        String path = "/api/v1/namespaces/default/configmaps/owned?fieldManager=";
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: owned}\ndata: {k: %s}\n";

        api.apply(path + "one", map.formatted("v")).expect(201);
        Answer refused = api.apply(path + "two", map.formatted("w")).refused(409, "Conflict");
        assertThat(refused.message()).contains("conflict with \"one\": .data.k");
        api.apply(path + "two&force=true", map.formatted("w")).expect(200);
    }

    @Test
    void aDeploymentIsCompletedAndWatched() {
        String deployments = "/apis/apps/v1/namespaces/default/deployments";
        try (Watch watch = api.watch(deployments + "?watch=1", Duration.ofSeconds(60))) {
            api.post(deployments, Manifests.deployment("web", "nginx:1").replace("replicas: 1", "replicas: 0"))
                    .expect(201);

            Watch.Event added = watch.nextChange();
            assertThat(added.line()).isEqualTo("ADDED web");
            assertThat(added.object().at("/spec/strategy/type").asText()).isEqualTo("RollingUpdate");
        }
        api.post(
                        deployments + "?fieldValidation=Strict",
                        Manifests.deployment("odd", "nginx:1").replace("replicas", "replcas"))
                .refused(400, "BadRequest");
    }
}
