package io.driftless.manifest.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Condition;
import io.driftless.objects.yaml.GoYaml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RendererTest {
    private static final RenderRequest.Application SHOP = new RenderRequest.Application("shop", "prod", "team");
    private static final String MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n";
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              template:
                spec:
                  containers:
                  - {name: web, image: "web:1"}
                  volumes:
                  - {name: c, configMap: {name: conf}}
            """;

    @Test
    void takesTheManifestsOfOneDirectoryAlone() {
        SourceFiles files =
                FolderFiles.of("a/x.yaml", map("x"), "a/sub/y.yaml", map("w"), "a/z.txt", "no", "b/o.yaml", map("o"));

        assertThat(names(files, "{path: a}")).containsExactly("x");
        assertThat(names(files, "{path: a, directory: {recurse: true}}")).containsExactly("w", "x");
        assertThat(names(files, "{path: ., directory: {recurse: true}}")).containsExactly("w", "x", "o");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include: '*.yml'|w", "include: '{x,sub/z}.y*ml'|z,x", "exclude: 'sub/*'|x,w",
                "include: '*.yaml', exclude: '*z*'|x", "include: '?.yaml'|x", "include: '[!x].yml'|w"
            })
    void filtersByGlobsOnTheRelativePath(String options, String expected) {
        SourceFiles files = FolderFiles.of("a/x.yaml", map("x"), "a/sub/z.yaml", map("z"), "a/y.yml", map("w"));

        assertThat(names(files, "{path: a, directory: {recurse: true, " + options + "}}"))
                .containsExactly(expected.split(","));
    }

    @Test
    void flattensListsAndPassesOverFilesThatAreNoManifests() {
        SourceFiles files = FolderFiles.of(
                "list.yaml",
                        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: l}}\n",
                "values.yaml", "replicas: 3\n",
                "skipped.yaml", "# +argocd:skip-file-rendering\n" + map("s"),
                "empty.yaml", "---\n# nothing\n---\n");

        assertThat(names(files, "{}")).containsExactly("l");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: A\\nmetadata: {name: 'apiVersion:'}|a.yaml line 2: the object has no apiVersion",
                "apiVersion: v1\\nmetadata: {name: 'kind:'}|a.yaml line 2: the object has no kind",
                "apiVersion: v1\\nkind: A\\nmetadata: {}|a.yaml line 2: the A has no metadata.name",
                "apiVersion: v1\\nkind: A\\nmetadata: {name: a/b}|a.yaml line 2: the name of the A",
                "apiVersion: v1\\nkind: A\\nmetadata: {name: 12}|a.yaml line 2: the A has no metadata.name; add one (text, in quotes",
                "apiVersion: v1\\nkind: A\\nmetadata: {name: a, labels: {b: yes}}|metadata.labels.b must be text; put its value in quotes",
                "apiVersion: v1\\nkind: A\\nmetadata: {name: a, name: b}|a.yaml line 4, column 21: the key",
                "apiVersion: v1\\nkind: A\\nmetadata: {generateName: a}|generateName, which is not supported yet",
            })
    void namesFileAndLineOfAFaultyManifest(String yaml, String message) {
        SourceFiles files = FolderFiles.of("a.yaml", "# \n" + yaml.replace("\\n", "\n"));

        assertThat(refusal(files, "{}")).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{path: nope}|nope: app path does not exist",
                "{path: ../x}|leads out of the repository",
                "{path: /etc}|leads out of the repository",
                "{chart: redis}|Helm charts are not supported yet",
                "{path: helm}|helm: Helm charts are not supported yet",
                "{path: helm, helm: {releaseName: a}}|Helm charts are not supported yet",
                "{path: js}|js/a.jsonnet: Jsonnet is not supported yet",
                "{path: js, plugin: {name: a}}|plugins are not supported yet",
                "{path: js, kustomize: {namePrefix: a}, directory: {recurse: true}}|multiple application sources defined",
                "{path: js, directory: {include: '[a'}}|is not a valid glob",
            })
    void saysWhatItCannotRender(String source, String message) {
        SourceFiles files = FolderFiles.of("helm/Chart.yaml", "name: a\n", "js/a.jsonnet", "{}");

        assertThat(refusal(files, source)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resources: [../../..]|leads out of the tree",
                "resources: [/etc/passwd]|cannot be absolute",
                "resources: [../b]|cycle detected",
                "resources: [../secret.yaml]|is not in or below",
                "resources: ['https://evil.example/x?ref=y']|files of web servers are not supported here",
                "resources: [nope.yaml]|o/a/kustomization.yaml: accumulating resources: accumulation err='accumulating resources from 'nope.yaml'",
                "vars: [{name: a}]|var '{a [noKind].[noVer].[noGrp] {metadata.name}}' cannot be mapped to a field",
                "helmCharts: [{name: a}]|Helm charts are not supported yet",
                "foo: 1|unknown field \"foo\"",
                "{kind: Kustomise, namePrefix: a}|kind should be",
                "commonLabels: {a: yes}|cannot unmarshal bool into Go struct field Kustomization.commonLabels of type string",
                "configMapGenerator: [{name: a, files: [../secret.yaml]}]|is not in or below",
                "patches: [{patch: '- {op: remove, path: /x}'}]|must specify a target for JSON patch",
                "patches: [{patch: '{apiVersion: v1, kind: A, metadata: {name: q}}'}]|no resource matches",
                "replicas: [{name: q, count: 1}]|resource with name q does not match",
                "images: [{name: '['}]|is not a regular expression",
                "replacements: [{}]|replacements must specify a source and at least one target",
            })
    void refusesAKustomizationThatIsWrongOrLeadsOutside(String yaml, String message) {
        SourceFiles files = FolderFiles.of(
                "o/a/kustomization.yaml",
                yaml,
                "o/b/kustomization.yaml",
                "resources: [../a]\n",
                "o/secret.yaml",
                map("s"));

        assertThat(refusal(files, "{path: o/a}")).contains(message);
    }

    @Test
    void refusesTwoKustomizationFilesAndTheSameObjectTwice() {
        assertThat(refusal(FolderFiles.of("kustomization.yaml", "namePrefix: a\n", "kustomization.yml", ""), "{}"))
                .contains("Found multiple kustomization files under: /");
        assertThat(refusal(
                        FolderFiles.of(
                                "kustomization.yaml",
                                "resources: [a.yaml, b.yaml]\n",
                                "a.yaml",
                                map("x"),
                                "b.yaml",
                                map("x")),
                        "{}"))
                .contains("may not add resource with an already registered id: ConfigMap.v1.[noGrp]/x.[noNs]");
    }

    @Test
    void namesAGeneratedConfigMapByItsContentAndFollowsWithReferences() {
        SourceFiles files = FolderFiles.of(
                "kustomization.yaml",
                "namePrefix: p-\nresources: [d.yaml]\nconfigMapGenerator:\n- name: conf\n  literals: [a=b]\n",
                "d.yaml",
                DEPLOYMENT);

        List<Manifest> manifests = rendered(files, "{}").manifests();

        assertThat(manifests
                        .getLast()
                        .object()
                        .at("/spec/template/spec/volumes/0/configMap/name")
                        .asText())
                .isEqualTo(manifests.getFirst().name())
                .startsWith("p-conf-");
    }

    @Test
    void putsTheApplicationsOwnKustomizeOptionsOnTop() {
        SourceFiles files = FolderFiles.of(
                "kustomization.yaml",
                "resources: [d.yaml]\nimages: [{name: web, newTag: '2'}]\n",
                "d.yaml",
                DEPLOYMENT);

        Manifest manifest = rendered(
                        files,
                        "{kustomize: {nameSuffix: -x, namespace: ns, images: ['web=reg:5000/web:3'], replicas: [{name: web, count: '4'}],"
                                + " commonLabels: {l: m}, patches: [{patch: '- {op: add, path: /spec/paused, value: true}',"
                                + " target: {kind: Deploy.*}}]}}")
                .manifests()
                .getFirst();

        assertThat(manifest.object().at("/metadata/name").asText()).isEqualTo("web-x");
        assertThat(manifest.object().at("/metadata/namespace").asText()).isEqualTo("ns");
        assertThat(manifest.object().at("/metadata/labels/l").asText()).isEqualTo("m");
        assertThat(manifest.object().at("/spec/replicas").asInt()).isEqualTo(4);
        assertThat(manifest.object().at("/spec/paused").asBoolean()).isTrue();
        assertThat(manifest.object()
                        .at("/spec/template/spec/containers/0/image")
                        .asText())
                .isEqualTo("reg:5000/web:3");
    }

    @Test
    void mergesListsOfBuiltInKindsByTheirKeys() {
        SourceFiles files = FolderFiles.of("kustomization.yaml", """
                resources: [d.yaml]
                patches:
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web}
                    spec:
                      template:
                        spec:
                          containers:
                          - {name: side, image: side}
                          - {name: web, args: [a]}
                          volumes:
                          - {name: c, $patch: delete}
                """, "d.yaml", DEPLOYMENT);

        assertThat(rendered(files, "{}").manifests().getFirst().object().at("/spec/template/spec"))
                .hasToString("{\"containers\":[{\"image\":\"side\",\"name\":\"side\"},"
                        + "{\"args\":[\"a\"],\"image\":\"web:1\",\"name\":\"web\"}],\"volumes\":[]}");
    }

    @Test
    void holdsTheLimitsOfARender() {
        RenderLimits small = new RenderLimits(60, 200, 1, 1_000, 3);
        SourceFiles files = FolderFiles.of("a/x.yaml", map("x"), "a/y.yaml", map("w"), "b/z.yaml", map("z".repeat(60)));

        assertThat(Renderer.render(files, RemoteSources.NONE, new RenderRequest(source("{path: a}"), SHOP, small)))
                .hasToString(
                        "Refused[conditions=[Condition[type=ComparisonError, message=a/y.yaml: with this file the application has"
                                + " more than 1 objects, which is beyond the limit; split the application]]]");
        assertThat(Renderer.render(files, RemoteSources.NONE, new RenderRequest(source("{path: b}"), SHOP, small))
                        .toString())
                .contains("b/z.yaml: the file has", "split it");
    }

    private static String map(String name) {
        return MAP.formatted(name);
    }

    private static JsonNode source(String yaml) {
        return GoYaml.readOne("source", yaml);
    }

    private static RenderResult.Rendered rendered(SourceFiles files, String source) {
        RenderResult result = Renderer.render(files, RemoteSources.NONE, RenderRequest.of(source(source), SHOP));
        assertThat(result).isInstanceOf(RenderResult.Rendered.class);
        return (RenderResult.Rendered) result;
    }

    private static List<String> names(SourceFiles files, String source) {
        return rendered(files, source).manifests().stream().map(Manifest::name).toList();
    }

    private static String refusal(SourceFiles files, String source) {
        RenderResult result = Renderer.render(files, RemoteSources.NONE, RenderRequest.of(source(source), SHOP));
        assertThat(result).isInstanceOf(RenderResult.Refused.class);
        return ((RenderResult.Refused) result)
                .conditions().stream().map(Condition::message).toList().toString();
    }

    @Test
    void refusesPatchesThatGrowAnObjectWithoutBound() {
        StringBuilder doubling =
                new StringBuilder("resources: [d.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: |\n");
        for (int i = 0; i < 60; i++) {
            doubling.append("    - {op: copy, from: /spec, path: /spec/c%d}\n".formatted(i));
        }

        assertThat(refusal(FolderFiles.of("kustomization.yaml", doubling.toString(), "d.yaml", DEPLOYMENT), "{}"))
                .contains("copies more than");
    }
}
