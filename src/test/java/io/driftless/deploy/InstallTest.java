package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.app.Stage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstallTest {
    private static final String NAMESPACE = "argocd";

    private static String name(Stage stage) {
        return "driftless-" + stage.name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode deployment(Stage stage) {
        return Checkout.named(Checkout.INSTALL, "Deployment", name(stage));
    }

    private static JsonNode pod(JsonNode deployment) {
        return deployment.path("spec").path("template").path("spec");
    }

    private static JsonNode container(Stage stage) {
        JsonNode containers = pod(deployment(stage)).path("containers");
        assertThat(containers).hasSize(1);
        return containers.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void everyStageHasADeploymentThatRunsIt(Stage stage) {
        ServerArguments arguments = ServerArguments.of(container(stage).path("args"));
        assertThat(arguments.stages()).containsExactly(stage);
        assertThat(arguments.option("--namespace")).isEqualTo("$(NAMESPACE)");
        assertThat(arguments.option("--kafka")).isEqualTo("$(KAFKA_BOOTSTRAP)");
        assertThat(arguments.option("--kafka-config")).isEqualTo("/etc/driftless/kafka/client.properties");
        assertThat(arguments.options()).as("the service account is used").doesNotContainKey("--kubeconfig");
        List<String> variables = new ArrayList<>();
        container(stage)
                .path("env")
                .forEach(variable -> variables.add(variable.path("name").asText()));
        assertThat(variables).contains("NAMESPACE", "KAFKA_BOOTSTRAP");
    }

    @Test
    void nothingElseIsDeployed() {
        assertThat(Checkout.ofKind(Checkout.INSTALL, "Deployment")).hasSize(Stage.values().length);
        assertThat(Checkout.documents(Checkout.INSTALL))
                .allSatisfy(object -> assertThat(Set.of("ClusterRole", "ClusterRoleBinding")
                                        .contains(object.path("kind").asText())
                                || object.path("metadata")
                                        .path("namespace")
                                        .asText()
                                        .equals(NAMESPACE))
                        .as(Checkout.name(object))
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void everyStageRunsWithoutPrivilegesOnAReadOnlyRoot(Stage stage) {
        JsonNode pod = pod(deployment(stage)).path("securityContext");
        JsonNode container = container(stage).path("securityContext");
        assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("seccompProfile").path("type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(Checkout.texts(container.path("capabilities").path("drop"))).containsExactly("ALL");
        assertThat(container.path("securityContext").path("privileged").asBoolean())
                .isFalse();
        for (String amount : List.of("cpu", "memory")) {
            assertThat(container(stage).path("resources").path("requests").has(amount))
                    .isTrue();
            assertThat(container(stage).path("resources").path("limits").has(amount))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStageIsProbedWhereItListens(Stage stage) {
        JsonNode container = container(stage);
        String listen = ServerArguments.of(container.path("args")).option("--listen");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            String path = probe.equals("readinessProbe") ? "/readyz" : "/healthz";
            JsonNode http = container.path(probe).path("httpGet");
            if (listen.startsWith("127.")) {
                assertThat(http.isMissingNode())
                        .as("the kubelet cannot reach the loopback address")
                        .isTrue();
                assertThat(Checkout.texts(container.path(probe).path("exec").path("command")))
                        .contains("curl", "http://" + listen + path);
            } else {
                assertThat(http.path("path").asText()).isEqualTo(path);
                assertThat(http.path("port").asText())
                        .isEqualTo(container.path("ports").get(0).path("name").asText());
                assertThat(listen)
                        .endsWith(":"
                                + container
                                        .path("ports")
                                        .get(0)
                                        .path("containerPort")
                                        .asInt());
            }
        }
    }

    @Test
    void theApiIsReachedThroughThePodOnly() {
        assertThat(ServerArguments.of(container(Stage.API).path("args")).option("--listen"))
                .isEqualTo("127.0.0.1:8080");
        List<JsonNode> services = Checkout.ofKind(Checkout.INSTALL, "Service");
        assertThat(services).extracting(Checkout::name).containsExactly(name(Stage.WEBHOOK));
        assertThat(services.getFirst().path("spec").path("selector"))
                .isEqualTo(
                        deployment(Stage.WEBHOOK).path("spec").path("selector").path("matchLabels"));
        assertThat(services.getFirst()
                        .path("spec")
                        .path("ports")
                        .get(0)
                        .path("targetPort")
                        .asText())
                .isEqualTo(container(Stage.WEBHOOK)
                        .path("ports")
                        .get(0)
                        .path("name")
                        .asText());
    }

    @ParameterizedTest
    @EnumSource
    void aDisruptionTakesOneInstanceOfAStageAtATime(Stage stage) {
        JsonNode budget = Checkout.named(Checkout.INSTALL, "PodDisruptionBudget", name(stage));
        assertThat(budget.path("spec").path("maxUnavailable").asInt()).isEqualTo(1);
        assertThat(budget.path("spec").path("selector"))
                .isEqualTo(deployment(stage).path("spec").path("selector"));
    }

    @ParameterizedTest
    @EnumSource
    void everyStageHasAnAccountOfItsOwnAndWhatItRefersToExists(Stage stage) {
        JsonNode pod = pod(deployment(stage));
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo(name(stage));
        Checkout.named(Checkout.INSTALL, "ServiceAccount", name(stage));
        List<String> volumes = new ArrayList<>();
        for (JsonNode volume : pod.path("volumes")) {
            volumes.add(volume.path("name").asText());
            JsonNode map = volume.path("configMap");
            if (!map.isMissingNode()) {
                JsonNode data = Checkout.named(
                                Checkout.INSTALL, "ConfigMap", map.path("name").asText())
                        .path("data");
                map.path("items")
                        .forEach(item ->
                                assertThat(data.has(item.path("key").asText())).isTrue());
            }
            JsonNode secret = volume.path("secret");
            assertThat(secret.isMissingNode() || secret.path("optional").asBoolean())
                    .as("a Secret that nobody made yet does not keep pods from starting")
                    .isTrue();
        }
        for (JsonNode mount : container(stage).path("volumeMounts")) {
            assertThat(volumes).contains(mount.path("name").asText());
        }
        for (JsonNode variable : container(stage).path("env")) {
            JsonNode reference = variable.path("valueFrom").path("configMapKeyRef");
            if (!reference.isMissingNode()) {
                assertThat(Checkout.named(
                                        Checkout.INSTALL,
                                        "ConfigMap",
                                        reference.path("name").asText())
                                .path("data")
                                .has(reference.path("key").asText()))
                        .isTrue();
            }
        }
    }

    @Test
    void rolesAreBoundToAccountsThatExistAndNoneIsLeftOver() {
        Set<String> bound = new HashSet<>();
        for (String kind : List.of("Role", "ClusterRole")) {
            for (JsonNode binding : Checkout.ofKind(Checkout.INSTALL, kind + "Binding")) {
                assertThat(binding.path("roleRef").path("kind").asText()).isEqualTo(kind);
                String role = binding.path("roleRef").path("name").asText();
                Checkout.named(Checkout.INSTALL, kind, role);
                bound.add(kind + ' ' + role);
                for (JsonNode subject : binding.path("subjects")) {
                    assertThat(subject.path("namespace").asText()).isEqualTo(NAMESPACE);
                    Checkout.named(
                            Checkout.INSTALL,
                            "ServiceAccount",
                            subject.path("name").asText());
                }
            }
            for (JsonNode role : Checkout.ofKind(Checkout.INSTALL, kind)) {
                assertThat(bound).contains(kind + ' ' + Checkout.name(role));
            }
        }
    }

    @Test
    void onlyStagesThatTalkToAClusterGetATokenForIt() {
        for (Stage stage : Stage.values()) {
            boolean mayDoSomething = Checkout.documents(Checkout.INSTALL).stream()
                    .filter(object -> object.path("kind").asText().endsWith("Binding"))
                    .anyMatch(binding -> binding.path("subjects")
                            .get(0)
                            .path("name")
                            .asText()
                            .equals(name(stage)));
            assertThat(pod(deployment(stage))
                            .path("automountServiceAccountToken")
                            .asBoolean())
                    .as("token of " + stage)
                    .isEqualTo(mayDoSomething);
        }
    }

    @Test
    void everyFieldIsOneThatKubernetesKnows() {
        for (JsonNode object : Checkout.documents(Checkout.INSTALL)) {
            assertThat(UnknownFields.of(object)).as(Checkout.name(object)).isEmpty();
        }
    }

    @Test
    void theImageIsTheSameEverywhere() {
        Set<String> images = new HashSet<>();
        for (Stage stage : Stage.values()) {
            images.add(container(stage).path("image").asText());
        }
        for (JsonNode image : Checkout.document("deploy/kustomization.yaml").path("images")) {
            images.add(image.path("name").asText() + ':' + image.path("newTag").asText());
        }
        for (JsonNode service : Checkout.document("compose.yaml").path("services")) {
            if (ComposeTest.isStage(service)) {
                images.add(service.path("image").asText());
            }
        }
        assertThat(images).hasSize(1);
        assertThat(Checkout.text("README.md"))
                .contains("docker build -t " + images.iterator().next() + " .");
    }

    @Test
    void kustomizationNamesFilesThatExistAndEveryDefinition() {
        List<String> resources =
                Checkout.texts(Checkout.document("deploy/kustomization.yaml").path("resources"));
        assertThat(resources)
                .contains("namespace.yaml", "install.yaml")
                .containsAll(Checkout.below("deploy/crds", ".yaml").stream()
                        .map(file -> file.substring("deploy/".length()))
                        .toList())
                .allSatisfy(
                        file -> assertThat(Checkout.documents("deploy/" + file)).isNotEmpty());
    }

    @Test
    void theKafkaOfTheExampleIsTheOneThatTheConfigMapNames() {
        JsonNode kafka = Checkout.ofKind("deploy/kafka-strimzi.yaml", "Kafka").getFirst();
        int port = kafka.path("spec")
                .path("kafka")
                .path("listeners")
                .get(0)
                .path("port")
                .asInt();
        String address = Checkout.name(kafka) + "-kafka-bootstrap."
                + kafka.path("metadata").path("namespace").asText() + ".svc:" + port;
        assertThat(Checkout.named(Checkout.INSTALL, "ConfigMap", "driftless-kafka")
                        .path("data")
                        .path("bootstrap")
                        .asText())
                .isEqualTo(address);
        JsonNode nodes =
                Checkout.ofKind("deploy/kafka-strimzi.yaml", "KafkaNodePool").getFirst();
        assertThat(nodes.path("metadata")
                        .path("labels")
                        .path("strimzi.io/cluster")
                        .asText())
                .isEqualTo(Checkout.name(kafka));
    }

    /// What a comment tells people to write has to work as well.
    @Test
    void theExampleOfCredentialsIsOneThatKafkaUnderstands(@TempDir Path secret) throws Exception {
        String example = Checkout.text(Checkout.INSTALL)
                .lines()
                .filter(line -> line.startsWith("  #   "))
                .map(line -> line.substring(6).replace("/etc/driftless/kafka-secret", secret.toString()))
                .collect(Collectors.joining("\n"));
        Files.writeString(secret.resolve("password"), "open sesame");
        Properties properties = new Properties();
        properties.load(new StringReader(example));
        properties.put("bootstrap.servers", "127.0.0.1:9092");
        AdminClientConfig config = new AdminClientConfig(properties);
        assertThat(config.getPassword("sasl.jaas.config").value()).contains("password=\"open sesame\"");
        assertThat(config.getString("security.protocol")).isEqualTo("SASL_SSL");
        assertThat(config.getString("ssl.truststore.location"))
                .isEqualTo(secret.resolve("ca.crt").toString());
    }
}
