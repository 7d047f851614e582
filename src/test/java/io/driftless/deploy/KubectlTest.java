package io.driftless.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.app.Stage;
import io.driftless.objects.yaml.GoYaml;
import io.driftless.sandbox.Sandbox;
import io.driftless.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the README, given to the real `kubectl`.
class KubectlTest {
    @TempDir
    private Path dir;

    private Vertx vertx;
    private Sandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        boolean installed = false;
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            installed |= Files.isExecutable(Path.of(folder, "kubectl"));
        }
        assumeTrue(installed, "kubectl is not on the PATH: the tests with the real kubectl are skipped");
        vertx = Vertx.vertx();
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback()).await();
        sandbox.writeKubeconfig(dir.resolve("config"));
    }

    @AfterEach
    void stop() {
        if (sandbox != null) {
            sandbox.close();
            vertx.close().await();
        }
    }

    @Test
    void installIsAcceptedByADryRunOfTheServer() throws Exception {
        kubectl("create", "namespace", "argocd");
        String out = kubectl("apply", "--dry-run=server", "-f", Checkout.INSTALL);
        assertThat(out.lines().filter(line -> line.endsWith("created (server dry run)")))
                .hasSameSizeAs(Checkout.documents(Checkout.INSTALL));
        assertThat(sandbox.list("apps/v1", "Deployment", "argocd")).isEmpty();
    }

    @Test
    void kustomizationInstallsEverythingOnANewCluster() throws Exception {
        kubectl("apply", "-k", "deploy");
        assertThat(sandbox.list("apps/v1", "Deployment", "argocd")).hasSize(Stage.values().length);
        assertThat(sandbox.list("apiextensions.k8s.io/v1", "CustomResourceDefinition", ""))
                .hasSize(3);
        kubectl("-n", "argocd", "rollout", "status", "deploy/driftless-api", "--timeout=30s");
        assertThat(kubectl("get", "applications", "-n", "argocd")).contains("No resources found");
    }

    @Test
    void kustomizationTakesTheImageFromOnePlace() throws Exception {
        Path copy = Files.createDirectory(dir.resolve("deploy"));
        Files.createDirectory(copy.resolve("crds"));
        for (String file : List.of("namespace.yaml", "install.yaml", "kustomization.yaml")) {
            Files.writeString(copy.resolve(file), Checkout.text("deploy/" + file));
        }
        for (String file : Checkout.below("deploy/crds", ".yaml")) {
            Files.writeString(dir.resolve(file), Checkout.text(file));
        }
        String kustomization = Checkout.text("deploy/kustomization.yaml")
                .replace("newName: driftless", "newName: registry.example.com/driftless")
                .replace("newTag: 0.1.0", "newTag: 0.1.1");
        Files.writeString(copy.resolve("kustomization.yaml"), kustomization);
        List<String> images = new ArrayList<>();
        for (var document : GoYaml.read("rendered.yaml", kubectl("kustomize", copy.toString()))) {
            JsonNode containers =
                    document.value().path("spec").path("template").path("spec").path("containers");
            containers.forEach(container -> images.add(container.path("image").asText()));
        }
        assertThat(images).hasSize(Stage.values().length).containsOnly("registry.example.com/driftless:0.1.1");
    }

    @Test
    void removingTheInstallationKeepsTheApplications() throws Exception {
        kubectl("apply", "-k", "deploy");
        Path application = Files.writeString(
                dir.resolve("application.yaml"),
                GoYaml.write(Checkout.samples("applications.yaml").getFirst()));
        kubectl("apply", "-f", application.toString());
        kubectl("delete", "-f", Checkout.INSTALL, "--wait=false");
        assertThat(sandbox.list("apps/v1", "Deployment", "argocd")).isEmpty();
        assertThat(sandbox.list("argoproj.io/v1alpha1", "Application", "argocd"))
                .hasSize(1);
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("kubectl", "--cache-dir", dir.resolve("cache").toString()));
        command.addAll(List.of(arguments));
        Path out = dir.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Checkout.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("KUBECONFIG", dir.resolve("config").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(ended).as("kubectl %s ends: %s", List.of(arguments), text).isTrue();
        assertThat(process.exitValue())
                .as("kubectl %s: %s", List.of(arguments), text)
                .isZero();
        return text;
    }
}
