package io.driftless.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
        sandbox = Sandbox.start(vertx, SandboxOptions.loopback())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        sandbox.writeKubeconfig(dir.resolve("config"));
    }

    @AfterEach
    void stop() throws Exception {
        if (sandbox != null) {
            sandbox.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("kubectl", "--cache-dir", dir.resolve("cache").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", dir.resolve("config").toString());
        builder.environment().put("KUBE_EDITOR", dir.resolve("editor").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("kubectl %s: %s", List.of(arguments), out)
                .isZero();
        return out;
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }

    @Test
    void kubectlTakesADeploymentThroughItsLife() throws Exception {
        String manifest = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                      - {name: web, image: "web:1", ports: [{containerPort: 80}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {selector: {app: web}, ports: [{port: 80}]}
                """;
        String web = file("web.yaml", manifest);
        Files.writeString(dir.resolve("editor"), "#!/bin/sh\nsed -i s/web:1/web:7/ \"$1\"\n")
                .toFile()
                .setExecutable(true);
        assertThat(kubectl("create", "ns", "shop")).contains("namespace/shop created");
        assertThat(kubectl("apply", "-n", "shop", "-f", web)).contains("deployment.apps/web created");
        assertThat(kubectl("apply", "-n", "shop", "-f", web)).contains("deployment.apps/web unchanged");
        assertThat(kubectl("rollout", "status", "-n", "shop", "deployment/web", "--timeout=20s"))
                .contains("successfully rolled out");
        assertThat(kubectl("get", "-n", "shop", "deploy,svc,pods", "-o", "wide"))
                .contains("2/2", "web:1", "10.96.");
        assertThat(kubectl("edit", "-n", "shop", "deployment/web")).contains("deployment.apps/web edited");
        assertThat(kubectl(
                        "get",
                        "-n",
                        "shop",
                        "deploy",
                        "web",
                        "-o",
                        "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("web:7");
        assertThat(kubectl("scale", "-n", "shop", "deployment/web", "--replicas=4"))
                .contains("scaled");
        kubectl("wait", "-n", "shop", "deployment/web", "--for=jsonpath={.status.readyReplicas}=4", "--timeout=20s");
        assertThat(kubectl("label", "-n", "shop", "deployment/web", "team=a")).contains("labeled");
        assertThat(kubectl("patch", "-n", "shop", "deployment/web", "-p", "{\"spec\":{\"replicas\":1}}"))
                .contains("patched");
        assertThat(kubectl("describe", "-n", "shop", "deployment/web")).contains("team=a", "web:7");
        assertThat(kubectl("apply", "-n", "shop", "--server-side", "--force-conflicts", "-f", web))
                .contains("serverside-applied");
        assertThat(kubectl("delete", "-n", "shop", "deployment/web")).contains("deleted");
        assertThat(kubectl("delete", "ns", "shop")).contains("deleted");
        assertThat(kubectl("api-resources")).contains("deploy", "Ingress");
    }

    @Test
    void kubectlUsesADefinitionItJustCreated() throws Exception {
        String crd = file("crd.yaml", """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: foos.x.io}
                spec:
                  group: x.io
                  scope: Namespaced
                  names: {plural: foos, singular: foo, kind: Foo, shortNames: [fo]}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties: {spec: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                    additionalPrinterColumns:
                    - {name: Size, type: integer, jsonPath: .spec.size}
                """);
        String foo = file("foo.yaml", "apiVersion: x.io/v1\nkind: Foo\nmetadata: {name: a}\nspec: {size: 3}\n");
        kubectl("apply", "-f", crd);
        kubectl("wait", "--for=condition=Established", "crd/foos.x.io", "--timeout=10s");
        assertThat(kubectl("apply", "--server-side", "-f", foo)).contains("serverside-applied");
        assertThat(kubectl("apply", "-f", foo)).contains("configured");
        assertThat(kubectl("get", "fo")).contains("SIZE", "3");
    }
}
