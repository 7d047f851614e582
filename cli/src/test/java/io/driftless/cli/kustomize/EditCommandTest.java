package io.driftless.cli.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `driftless kustomize edit`: files as the 5.8.1 binary writes them come out byte by byte as from the binary, others
/// keep all that the edit is not about.
class EditCommandTest {
    @TempDir
    Path work;

    private record Stored(List<String> arguments, String before, boolean fails, String outcome) {
        static Stored of(String section) {
            int before = section.indexOf("--- before\n");
            int after = section.indexOf("--- after\n");
            int error = section.indexOf("--- error\n");
            int middle = Math.max(after, error);
            return new Stored(
                    Pattern.compile("'([^']*)'|(\\S+)")
                            .matcher(section.substring(0, before).strip())
                            .results()
                            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                            .toList(),
                    section.substring(before + 11, middle),
                    error >= 0,
                    section.substring(middle + 10));
        }
    }

    @TestFactory
    Stream<DynamicTest> editsAsTheBinaryEdits() throws IOException {
        String all = Files.readString(Path.of("src/test/resources/kustomize/edits.txt"));
        List<DynamicTest> tests = new ArrayList<>();
        for (String section : all.split("(?m)^=== ")) {
            if (!section.isBlank()) {
                Stored stored = Stored.of(section);
                tests.add(DynamicTest.dynamicTest(
                        String.join(" ", stored.arguments()) + " #" + tests.size(),
                        () -> agrees(stored, work.resolve("case" + stored.hashCode()))));
            }
        }
        return tests.stream();
    }

    private static void agrees(Stored stored, Path folder) throws IOException {
        Path directory = Files.createDirectories(folder).toRealPath();
        for (String name : List.of("r1.yaml", "r2.yaml", "r3.yml")) {
            Files.writeString(directory.resolve(name), "");
        }
        Files.createDirectories(directory.resolve("sub"));
        Files.createDirectories(directory.resolve("comp"));
        Path file = Files.writeString(directory.resolve("kustomization.yaml"), stored.before());
        Run run = Run.of(directory, stored.arguments());
        if (stored.fails()) {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err().replace(directory.toString(), "{dir}").strip())
                    .isEqualTo(stored.outcome().strip());
            assertThat(file).hasContent(stored.before());
        } else {
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(Files.readString(file)).isEqualTo(stored.outcome());
        }
    }

    @Test
    void theScriptOfATutorialChangesNothingButTheTag() throws IOException {
        String before = """
                # Production of the shop.
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization

                resources:   # what there is
                  - ../../base

                images:
                  # the app itself
                  - name: myapp   # built by CI
                    newName: registry.example.com/myapp
                    newTag: '1.0'   # set by CI

                replicas:
                  - {name: myapp, count: 3}
                # the end
                """;
        assertThat(edited(before, "set", "image", "myapp=registry.example.com/myapp:1.1-rc"))
                .isEqualTo(before.replace("'1.0'", "1.1-rc"));
        assertThat(edited(before, "set", "image", "myapp=registry.example.com/myapp:1.0"))
                .isEqualTo(before);
        assertThat(edited(before, "set", "replicas", "myapp=5", "other=1"))
                .isEqualTo(before.replace("count: 3}\n", "count: 5}\n  - count: 1\n    name: other\n"));
    }

    @Test
    void whatIsAddedFollowsTheIndentationOfTheFile() throws IOException {
        String before = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                # the parts
                resources:
                    - a.yaml   # first
                    # between

                commonLabels: {app: web}   # who
                images: []  # none yet
                components: [x]
                """;
        assertThat(edited(before, "add", "resource", "--no-verify", "b.yaml"))
                .isEqualTo(before.replace("# first\n", "# first\n    - b.yaml\n"));
        assertThat(edited(before, "set", "label", "tier:a,b", "app:api"))
                .isEqualTo(before.replace("{app: web}", "{app: api, tier: \"a,b\"}"));
        assertThat(edited(before, "set", "image", "web:1"))
                .isEqualTo(before.replace(
                        "images: []  # none yet\n", "images:  # none yet\n- name: web\n  newTag: \"1\"\n"));
        assertThat(edited(before, "remove", "resource", "a.yaml"))
                .isEqualTo(before.replace("resources:\n    - a.yaml   # first\n", ""));
    }

    @Test
    void lineBreaksOfWindowsAndLegacyFieldsStay() throws IOException {
        String before = "apiVersion: kustomize.config.k8s.io/v1beta1\r\nkind: Kustomization\r\nbases:\r\n- ../base\r\n";
        assertThat(edited(before, "set", "namespace", "shop")).isEqualTo(before + "namespace: shop\r\n");
        assertThat(edited(
                        "nameprefix: a-\nkind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n",
                        "set",
                        "nameprefix",
                        "b-"))
                .startsWith("nameprefix: b-\nkind");
    }

    @Test
    void aFileThatCannotBeEditedInPlaceIsRefusedAndLeftAlone() throws IOException {
        String shared = """
                x: &same
                  app: web
                """;
        for (String before : List.of(
                "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\ncommonLabels: &same\n  app: web\n"
                        + "commonAnnotations: *same\n",
                shared,
                "resources: [a\n",
                "resources: [a]\n---\nresources: [b]\n")) {
            Path directory = directory(before);
            Run run = Run.of(directory, List.of("edit", "set", "annotation", "a:b"));
            assertThat(run.code()).as(before).isEqualTo(1);
            assertThat(run.err()).startsWith("Error: ").doesNotContain("\tat ").doesNotContain("Exception");
            assertThat(directory.resolve("kustomization.yaml")).hasContent(before);
        }
    }

    @Test
    void verbsThatAreNotBuiltSaySo() throws IOException {
        Path directory = directory("resources: [a]\n");
        for (String[] verb : new String[][] {
            {"edit", "fix"},
            {"edit", "set", "helm", "x"},
            {"edit", "add", "vars", "x"},
            {"edit", "remove", "component", "x"},
            {"create"},
            {"cfg", "cat"}
        }) {
            Run run = Run.of(directory, List.of(verb));
            assertThat(run.code()).as(String.join(" ", verb)).isEqualTo(1);
            assertThat(run.err()).contains("not supported yet").hasLineCount(1);
        }
    }

    @Test
    void theKustomizationFileIsFoundUnderEachOfItsNames() throws IOException {
        Path directory = Files.createDirectories(work.resolve("names"));
        assertThat(Run.of(directory, List.of("edit", "set", "namespace", "x")).err())
                .isEqualTo("Error: Missing kustomization file 'kustomization.yaml'.\n\n");
        Path file = Files.writeString(directory.resolve("Kustomization"), "");
        assertThat(Run.of(directory, List.of("edit", "set", "namespace", "x")).code())
                .isZero();
        assertThat(file).content().contains("namespace: x\n");
        Files.writeString(directory.resolve("kustomization.yml"), "");
        assertThat(Run.of(directory, List.of("edit", "set", "namespace", "x")).err())
                .isEqualTo("Error: Found multiple kustomization file: [kustomization.yml Kustomization]\n\n");
    }

    @Test
    void remoteResourcesAreAddedOnlyUnverified() throws IOException {
        Path directory = directory("resources: [a]\n");
        String url = "https://github.com/example/config?ref=v1";
        assertThat(Run.of(directory, List.of("edit", "add", "resource", url)).err())
                .contains("not supported yet", "--no-verify");
        assertThat(Run.of(directory, List.of("edit", "add", "resource", url, "--no-verify"))
                        .code())
                .isZero();
        assertThat(directory.resolve("kustomization.yaml")).content().startsWith("resources: [a, \"" + url + "\"]\n");
    }

    private String edited(String before, String... arguments) throws IOException {
        Path directory = directory(before);
        Run run = Run.of(
                directory,
                Stream.concat(Stream.of("edit"), Arrays.stream(arguments)).toList());
        assertThat(run).isEqualTo(new Run(0, "", ""));
        return Files.readString(directory.resolve("kustomization.yaml"));
    }

    private Path directory(String kustomization) throws IOException {
        Path directory = Files.createDirectories(work.resolve("app" + kustomization.hashCode()));
        Files.writeString(directory.resolve("kustomization.yaml"), kustomization);
        return directory;
    }
}
