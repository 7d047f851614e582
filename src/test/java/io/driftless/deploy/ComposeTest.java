package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.app.Stage;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposeTest {
    private static final JsonNode COMPOSE = Checkout.document("compose.yaml");
    private static final JsonNode SERVICES = COMPOSE.path("services");

    static boolean isStage(JsonNode service) {
        return service.path("command").path(0).asText().equals("server")
                && ServerArguments.known().contains("--stages")
                && Checkout.texts(service.path("command")).stream().anyMatch(word -> word.startsWith("--stages"));
    }

    @ParameterizedTest
    @EnumSource
    void everyStageIsAServiceOfItsOwn(Stage stage) {
        JsonNode service = SERVICES.path(stage.name().toLowerCase(Locale.ROOT));
        ServerArguments arguments = ServerArguments.of(service.path("command"));
        assertThat(arguments.stages()).containsExactly(stage);
        assertThat(arguments.option("--kafka")).isEqualTo("kafka:9092");
        assertThat(arguments.option("--kubeconfig")).isEqualTo("/kubeconfig/config");
        assertThat(Checkout.texts(service.path("volumes"))).contains("kubeconfig:/kubeconfig:ro");
        assertThat(service.path("build").asText()).isEqualTo(".");
        assertThat(service.path("read_only").asBoolean()).isTrue();
        assertThat(Checkout.texts(service.path("tmpfs")).getFirst())
                .as("native libraries are unpacked to /tmp and run from there")
                .startsWith("/tmp:exec");
    }

    @Test
    void thereIsNothingButTheStagesAndWhatTheyNeed() {
        Set<String> names = new TreeSet<>();
        SERVICES.fieldNames().forEachRemaining(names::add);
        Set<String> expected = new TreeSet<>(List.of("kafka", "git", "k3s", "cluster"));
        for (Stage stage : Stage.values()) {
            expected.add(stage.name().toLowerCase(Locale.ROOT));
        }
        assertThat(names).isEqualTo(expected);
    }

    @Test
    void servicesWaitForOnesThatExistAndCanSayThatTheyAreReady() {
        for (JsonNode service : SERVICES) {
            service.path("depends_on").properties().forEach(dependency -> {
                JsonNode other = SERVICES.path(dependency.getKey());
                assertThat(other.isObject()).as(dependency.getKey()).isTrue();
                String condition = dependency.getValue().path("condition").asText();
                assertThat(condition.equals("service_healthy") ? other.has("healthcheck") : !other.has("restart"))
                        .as("%s: %s", dependency.getKey(), condition)
                        .isTrue();
            });
        }
    }

    @Test
    void everyPortIsPublishedOnTheLoopbackAddressOnly() {
        List<String> ports = new ArrayList<>();
        SERVICES.forEach(service -> ports.addAll(Checkout.texts(service.path("ports"))));
        assertThat(ports)
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"))
                .doesNotHaveDuplicates();
    }

    @Test
    void volumesAreDeclaredAndFilesThatAreMountedExist() {
        for (JsonNode service : SERVICES) {
            for (String volume : Checkout.texts(service.path("volumes"))) {
                String source = volume.split(":", -1)[0];
                if (source.startsWith("./")) {
                    assertThat(Checkout.ROOT.resolve(source)).exists();
                } else if (!source.startsWith("/")) {
                    assertThat(COMPOSE.path("volumes").has(source)).as(source).isTrue();
                }
            }
            String build = service.path("build").asText();
            if (!build.isEmpty()) {
                assertThat(Checkout.ROOT.resolve(build).resolve("Dockerfile")).exists();
            }
        }
        assertThat(Checkout.ROOT.resolve("deploy/compose/cluster.sh")).exists();
    }

    /// The repository has one address for all containers: what Applications name, what hooks tell, what is served.
    @Test
    void everyContainerCallsTheRepositoryByTheSameAddress() {
        String repository =
                SERVICES.path("git").path("environment").path("REPOSITORY").asText();
        assertThat(SERVICES.path("cluster")
                        .path("environment")
                        .path("REPOSITORY")
                        .asText())
                .isEqualTo(repository)
                .startsWith("http://git:8080/");
        assertThat(Checkout.text("deploy/compose/git/lighttpd.conf")).contains("server.port = 8080");
        assertThat(SERVICES.path("git").path("environment").path("WEBHOOK").asText())
                .isEqualTo("http://webhook:8080/api/webhook");
    }

    @Test
    void kafkaAdvertisesTheAddressesThatItIsReachedBy() {
        JsonNode environment = SERVICES.path("kafka").path("environment");
        String advertised = environment.path("KAFKA_ADVERTISED_LISTENERS").asText();
        assertThat(advertised).contains("INSIDE://kafka:9092", "OUTSIDE://127.0.0.1:9094");
        assertThat(Checkout.texts(SERVICES.path("kafka").path("ports"))).containsExactly("127.0.0.1:9094:9094");
        for (String listener : advertised.split(",")) {
            String name = listener.substring(0, listener.indexOf(':'));
            assertThat(environment.path("KAFKA_LISTENERS").asText()).contains(name + "://");
            assertThat(environment.path("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP").asText())
                    .contains(name + ":");
        }
    }

    @Test
    void scriptsOfTheContainersAreCorrectShell() throws Exception {
        for (String script : Checkout.below("deploy", ".sh")) {
            assertThat(Files.readString(Checkout.ROOT.resolve(script))).startsWith("#!/bin/sh\n");
            Process shell = new ProcessBuilder(
                            "sh", "-n", Checkout.ROOT.resolve(script).toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEmpty();
            assertThat(shell.waitFor()).isZero();
        }
    }
}
