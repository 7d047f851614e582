package io.driftless.manifest.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.events.Condition;
import io.driftless.objects.yaml.GoYaml;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every field of `spec.source.kustomize`, over a kustomization that says something about the same field.
class ApplicationKustomizeOptionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: web, image: "web:1"}
            """;
    private static final String PATCHING_COMPONENT = """
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            commonAnnotations: {from-%s: "yes"}
            """;

    @ParameterizedTest(name = "{0} over {1}: {2} is {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "namePrefix: p-|namePrefix: q-|/metadata/name|`\"p-web\"`",
                "nameSuffix: -s|nameSuffix: -t|/metadata/name|`\"web-s\"`",
                "namePrefix: ''|namePrefix: q-|/metadata/name|`\"q-web\"`",
                "namePrefix: p-|NAMEPREFIX: q-|/metadata/name|`\"p-web\"`",
                "namespace: own|namespace: m|/metadata/namespace|`\"own\"`",
                "replicas: [{name: web, count: 4}]|replicas: [{name: web, count: 2}]|/spec/replicas|4",
                "replicas: [{name: web, count: '5'}]|{}|/spec/replicas|5",
                "images: ['web:2']|images: [{name: web, newName: reg/web, newTag: '1'}]|IMAGE|`\"web:2\"`",
                "images: ['web=*:3']|images: [{name: web, newName: reg/web, newTag: '1'}]|IMAGE|`\"reg/web:3\"`",
                "images: ['web=x:*']|images: [{name: web, newTag: '7'}]|IMAGE|`\"x:7\"`",
                "images: ['web=reg:5000/w']|{}|IMAGE|`\"reg:5000/w:1\"`",
                "images: ['web@sha256:abc']|{}|IMAGE|`\"web@sha256:abc\"`",
                "images: ['web=x:3@sha256:abc']|{}|IMAGE|`\"x:3@sha256:abc\"`",
                "images: ['web:2']|imageTags: [{name: web, newTag: '9'}]|IMAGE|`\"web:2\"`",
                "images: ['web:$ARGOCD_APP_REVISION_SHORT']|{}|IMAGE|`\"web:0123456\"`",
                "commonLabels: {l: m}|commonLabels: {k: v}|/spec/selector/matchLabels|`{\"app\":\"web\",\"k\":\"v\",\"l\":\"m\"}`",
                "commonLabels: {l: m}, forceCommonLabels: true|commonLabels: {l: v}|/metadata/labels|`{\"l\":\"m\"}`",
                "commonLabels: {l: m}, labelWithoutSelector: true|{}|/spec/selector/matchLabels|`{\"app\":\"web\"}`",
                "commonLabels: {l: m}, labelWithoutSelector: true|labels: [{pairs: {k: v}}]|/metadata/labels|`{\"k\":\"v\",\"l\":\"m\"}`",
                "commonLabels: {l: m}, labelWithoutSelector: true|{}|/spec/template/metadata/labels|`{\"app\":\"web\"}`",
                "commonLabels: {l: m}, labelWithoutSelector: true, labelIncludeTemplates: true|{}|/spec/template/metadata/labels|`{\"app\":\"web\",\"l\":\"m\"}`",
                "commonLabels: {l: m}, labelWithoutSelector: true, labelIncludeTemplates: true|{}|/spec/selector/matchLabels|`{\"app\":\"web\"}`",
                "commonLabels: {l: m}, labelWithoutSelector: true, forceCommonLabels: true|labels: [{pairs: {l: v}}]|/metadata/labels|`{\"l\":\"m\"}`",
                "commonLabels: {l: $ARGOCD_APP_NAME}|{}|/metadata/labels|`{\"l\":\"shop\"}`",
                "commonAnnotations: {a: b}|commonAnnotations: {c: d}|/metadata/annotations|`{\"a\":\"b\",\"c\":\"d\"}`",
                "commonAnnotations: {a: b}, forceCommonAnnotations: true|commonAnnotations: {a: d}|/metadata/annotations|`{\"a\":\"b\"}`",
                "commonAnnotations: {a: $ARGOCD_APP_NAME}|{}|/metadata/annotations|`{\"a\":\"$ARGOCD_APP_NAME\"}`",
                "`patches: [{patch: '- {op: add, path: /spec/paused, value: true}', target: {kind: Deploy.*}}]`|{}|/spec/paused|true",
                "`patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: true}}'}]`|{}|/spec/paused|true",
                "`patches: [{patch: '{apiVersion: v1, kind: X, metadata: {name: other}}', target: {name: web}, options: {allowNameChange: true, allowKindChange: true}}]`|{}|/kind|`\"X\"`",
                "components: [../c]|{}|/metadata/annotations|`{\"from-c\":\"yes\"}`",
                "components: [../c]|components: [../c]|/metadata/annotations|`{\"from-c\":\"yes\"}`",
                "components: [../d]|components: [../c]|/metadata/annotations|`{\"from-c\":\"yes\",\"from-d\":\"yes\"}`",
                "components: [../none, ../c], ignoreMissingComponents: true|{}|/metadata/annotations|`{\"from-c\":\"yes\"}`",
                "version: v5.8.1|namePrefix: q-|/metadata/name|`\"q-web\"`",
                "kubeVersion: 1.30, apiVersions: [v1]|{}|/metadata/name|`\"web\"`",
            })
    void putsAnOptionOverTheKustomization(String options, String kustomization, String pointer, String expected)
            throws Exception {
        JsonNode object = rendered(options, kustomization);

        String at = pointer.equals("IMAGE") ? "/spec/template/spec/containers/0/image" : pointer;
        JsonNode found = object.at(at);
        assertThat(found).isEqualTo(JSON.readTree(expected));
    }

    @ParameterizedTest(name = "{0} over {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "commonLabels: {l: m}|commonLabels: {l: v}|spec.source.kustomize.commonLabels sets l, which is already",
                "commonLabels: {l: m}|commonLabels: {l: v}|set forceCommonLabels or remove it",
                "commonLabels: {l: m}, labelWithoutSelector: true|labels: [{pairs: {l: v}}]|which is already",
                "commonLabels: {l: m}, labelIncludeTemplates: true|{}|labelIncludeTemplates needs labelWithoutSelector",
                "commonAnnotations: {a: b}|commonAnnotations: {a: c}|set forceCommonAnnotations or remove it",
                "components: [../none]|{}|none",
                "components: [../c], ignoreMissingComponents: true|components: [../none]|none",
                "replicas: [{name: web, count: many}]|{}|replicas has a count that is no number",
                "images: [web]|{}|images has the entry \"web\"",
                "images: ['web=x:a b']|{}|write name=newname:tag",
                "version: v4.0.0|{}|version is not v5.8.1",
                "commonAnnotations: {a: $KUBE_VERSION}, commonAnnotationsEnvsubst: true|{}|uses KUBE_VERSION, which is not supported yet",
                "patches: [{patch: a}]|patches: {a: b}|the kustomization file's patches is not a list",
                "commonLabels: {l: m}|commonLabels: [a]|the kustomization file's commonLabels is not a map",
                "somethingNew: 1|{}|spec.source.kustomize.somethingNew is not supported yet",
            })
    void saysWhichOptionCannotBeApplied(String options, String kustomization, String message) {
        RenderResult result = Renderer.render(files(kustomization), RemoteSources.NONE, request(options));

        assertThat(result).isInstanceOf(RenderResult.Refused.class);
        assertThat(((RenderResult.Refused) result).conditions())
                .extracting(Condition::message)
                .anyMatch(text -> text.contains(message));
    }

    @Test
    void substitutesTheVariablesOfTheBuildEnvironmentInAnnotations() {
        Map<String, String> cases = new TreeMap<>(Map.ofEntries(
                Map.entry("$ARGOCD_APP_NAME", "shop"),
                Map.entry("${ARGOCD_APP_NAMESPACE}", "prod"),
                Map.entry("x-$ARGOCD_APP_PROJECT_NAME-y", "x-team-y"),
                Map.entry("$ARGOCD_APP_REVISION", FolderFiles.REVISION),
                Map.entry("$ARGOCD_APP_REVISION_SHORT", "0123456"),
                Map.entry("$ARGOCD_APP_REVISION_SHORT_8", "01234567"),
                Map.entry("$ARGOCD_APP_SOURCE_REPO_URL", "https://git.example/config"),
                Map.entry("$ARGOCD_APP_SOURCE_PATH", "o"),
                Map.entry("$ARGOCD_APP_SOURCE_TARGET_REVISION", "main"),
                Map.entry("$$ARGOCD_APP_NAME", "$ARGOCD_APP_NAME"),
                Map.entry("$NOBODY$ARGOCD_APP_NAME", "shop"),
                Map.entry("100$ or $.", "100$ or $."),
                Map.entry("${ARGOCD_APP_NAME", "ARGOCD_APP_NAME"),
                Map.entry("${}$1-", "-"),
                Map.entry("$", "$")));
        cases.forEach((text, expected) -> {
            RenderRequest request = request("commonAnnotationsEnvsubst: true, commonAnnotations: {a: '" + text + "'}");

            RenderResult result = Renderer.render(files("{}"), RemoteSources.NONE, request);

            assertThat(((RenderResult.Rendered) result)
                            .manifests()
                            .getFirst()
                            .object()
                            .at("/metadata/annotations/a")
                            .asText())
                    .as(text)
                    .isEqualTo(expected);
        });
    }

    private static JsonNode rendered(String options, String kustomization) {
        RenderResult result = Renderer.render(files(kustomization), RemoteSources.NONE, request(options));
        assertThat(result).isInstanceOf(RenderResult.Rendered.class);
        return ((RenderResult.Rendered) result).manifests().getFirst().object();
    }

    private static RenderRequest request(String options) {
        JsonNode source = GoYaml.readOne(
                "source",
                "{path: o, repoURL: 'https://me:secret@git.example/config', targetRevision: main, kustomize: {"
                        + options + "}}");
        return RenderRequest.of(source, new RenderRequest.Application("shop", "prod", "team"));
    }

    private static SourceFiles files(String kustomization) {
        String written = kustomization.equals("{}") ? "" : kustomization + "\n";
        return FolderFiles.of(
                "o/kustomization.yaml",
                written + "resources: [d.yaml]\n",
                "o/d.yaml",
                DEPLOYMENT,
                "c/kustomization.yaml",
                PATCHING_COMPONENT.formatted("c"),
                "d/kustomization.yaml",
                PATCHING_COMPONENT.formatted("d"));
    }
}
