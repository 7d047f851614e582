package io.driftless.cli.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `driftless kustomize build` against outputs of the 5.8.1 binary, stored byte by byte.
class BuildCommandTest {
    @TempDir
    Path work;

    @TestFactory
    Stream<DynamicTest> printsWhatTheBinaryPrints() throws IOException {
        return Run.cases("build").stream()
                .map(stored -> DynamicTest.dynamicTest(stored.getFileName() + "", () -> {
                    Path directory = Run.copy(stored.resolve("in"), work.resolve(stored.getFileName() + ""));
                    Run run = Run.of(directory, Run.arguments(stored, directory));
                    assertThat(run.out().replace(directory.toString(), "{dir}"))
                            .isEqualTo(Files.readString(stored.resolve("out.txt")));
                    assertThat(run.err().replace(directory.toString(), "{dir}"))
                            .isEqualTo(Files.readString(stored.resolve("err.txt")));
                    assertThat(run.code())
                            .isEqualTo(Integer.parseInt(
                                    Files.readString(stored.resolve("code.txt")).strip()));
                }));
    }

    @Test
    void theDirectoryIsTheCurrentOneWhereNoneIsNamed() throws IOException {
        Path directory = map("map.yaml", "resources: [map.yaml]\n");
        assertThat(run(directory, "build").out())
                .isEqualTo(run(directory, "build", directory.toString()).out())
                .contains("name: settings");
    }

    @Test
    void anOutputFileHoldsTheWholeResult() throws IOException {
        Path directory = map("map.yaml", "resources: [map.yaml]\n");
        Path file = work.resolve("out.yaml");
        Run run = run(directory, "build", "-o", file.toString());
        assertThat(run).isEqualTo(new Run(0, "", ""));
        assertThat(Files.readString(file)).isEqualTo(run(directory, "build").out());
    }

    @Test
    void anOutputDirectoryHoldsAFileForEachObject() throws IOException {
        Path directory = map("map.yaml", "resources: [map.yaml, more.yaml]\n");
        Files.writeString(directory.resolve("more.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: Shop}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: "system:reader"}
                """);
        Path out = Files.createDirectories(work.resolve("out"));
        assertThat(run(directory, "build", "-o", out.toString()).code()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "default_v1_configmap_settings.yaml",
                            "shop_apps_v1_deployment_web.yaml",
                            "rbac.authorization.k8s.io_v1_clusterrole_system:reader.yaml");
        }
        assertThat(out.resolve("default_v1_configmap_settings.yaml"))
                .hasContent("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n");
    }

    @Test
    void anOutputInAMissingDirectoryIsAnErrorInOneLine() throws IOException {
        Path directory = map("map.yaml", "resources: [map.yaml]\n");
        String file = work.resolve("nowhere/out.yaml").toString();
        assertThat(run(directory, "build", "-o", file))
                .isEqualTo(new Run(1, "", "Error: open " + file + ": no such file or directory\n"));
    }

    @Test
    void chartsAreRefusedByName() throws IOException {
        Path charts = Files.createDirectories(work.resolve("charts"));
        Files.writeString(charts.resolve("kustomization.yaml"), "helmCharts:\n- name: web\n");
        assertThat(run(charts, "build").err()).startsWith("Error: ").contains("must specify --enable-helm");
        Run helm = run(charts, "build", "--enable-helm");
        assertThat(helm.code()).isEqualTo(1);
        assertThat(helm.err())
                .startsWith("Error: the chart 'web' in helmCharts of " + charts.toRealPath())
                .contains("not supported yet")
                .hasLineCount(1);
    }

    @Test
    void nothingOfABrokenInputShowsAStackTrace() throws IOException {
        for (String broken :
                List.of("resources: [", "\0", "resources: {a: b}\n", "patches: [7]\n", "- a\n", "&a [*a]")) {
            Path directory = Files.createDirectories(work.resolve("broken" + broken.hashCode()));
            Files.writeString(directory.resolve("kustomization.yaml"), broken);
            Run run = run(directory, "build");
            assertThat(run.code()).as(broken).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("Error: ").doesNotContain("\tat ").doesNotContain("Exception");
        }
    }

    private static Run run(Path directory, String... arguments) {
        return Run.of(directory, List.of(arguments));
    }

    private Path map(String name, String kustomization) throws IOException {
        Path directory = Files.createDirectories(work.resolve("app"));
        Files.writeString(directory.resolve("kustomization.yaml"), kustomization);
        Files.writeString(directory.resolve(name), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n");
        return directory;
    }
}
