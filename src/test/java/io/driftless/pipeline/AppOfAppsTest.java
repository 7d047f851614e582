package io.driftless.pipeline;

import static io.driftless.pipeline.Outcomes.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The tree that the demo serves: one Application that declares the others.
@ExtendWith(SharedStand.class)
class AppOfAppsTest {
    private static final String PRODUCTION = "apps/myapp/overlays/production/kustomization.yaml";
    private static final List<String> OVERLAYS = List.of("myapp-dev", "myapp-staging", "myapp-production");

    @Test
    void theRootDeploysItsChildrenAndACommitReachesTheOneItTouches(Stand stand) throws IOException {
        Repository repository = stand.repository("gitops-config");
        Map<String, String> tree = tree(repository.url());
        String first = repository.push(tree);
        stand.apply(Stand.yaml(tree.get("root-app.yaml")));

        stand.awaitApplied("root", first);
        OVERLAYS.forEach(name -> stand.awaitApplied(name, first));
        for (String name : OVERLAYS) {
            assertThat(stand.status(name).path("resources").findValuesAsText("kind"))
                    .as(name)
                    .contains("Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget");
        }
        assertThat(stand.object("apps/v1", "Deployment", "myapp-production", "myapp")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(3);

        String dev = image(stand, "myapp-dev");
        String second = repository.push(PRODUCTION, tree.get(PRODUCTION).replaceAll("newTag: .*", "newTag: released"));

        awaitThat(
                "production runs the new tag",
                () -> image(stand, "myapp-production").endsWith(":released"));
        stand.awaitApplied("myapp-production", second);
        assertThat(image(stand, "myapp-dev")).isEqualTo(dev);
        assertThat(stand.status("myapp-dev").path("history")).hasSize(1);

        String third = repository.pushWithout("apps/children/myapp-staging.yaml");

        awaitThat(
                "the child that left Git is gone with all it deployed",
                () -> stand.application("myapp-staging").isMissingNode());
        assertThat(stand.object("apps/v1", "Deployment", "myapp-staging", "myapp")
                        .isMissingNode())
                .isTrue();
        stand.awaitApplied("root", third);
    }

    private static String image(Stand stand, String namespace) {
        return stand.object("apps/v1", "Deployment", namespace, "myapp")
                .at("/spec/template/spec/containers/0/image")
                .asText();
    }

    private static Map<String, String> tree(String url) throws IOException {
        Path root = Path.of(System.getProperty("basedir", "."), "..", "..", "deploy", "demo", "gitops-config");
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        root.relativize(file).toString().replace('\\', '/'),
                        Files.readString(file).replace("GITOPS_CONFIG_URL", url));
            }
        }
        return files;
    }
}
