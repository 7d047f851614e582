package io.driftless.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class ComparisonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String US = "argocd-controller";
    private static final String DEPLOYMENT = "apps/v1 Deployment ";
    private static final String SERVICE = "v1 Service ";
    private static final String CONFIG_MAP = "v1 ConfigMap ";
    private static final String WIDGET = "example.org/v1 Widget ";

    /// kind, what we applied, what the live object got beside that, what Git wants now, paths that differ
    static Stream<Arguments> afterAnApply() {
        return Stream.of(
                row(
                        "nothing changed",
                        DEPLOYMENT + "spec: {replicas: 2, selector: {matchLabels: {app: a}}}",
                        "spec: {replicas: 2, selector: {matchLabels: {app: a}}, revisionHistoryLimit: 10}",
                        "spec: {replicas: 2, selector: {matchLabels: {app: a}}}",
                        List.of()),
                row("changed in Git", DEPLOYMENT + "spec: {replicas: 2}", "", "spec: {replicas: 3}", "/spec/replicas"),
                row(
                        "changed in the cluster",
                        DEPLOYMENT + "spec: {replicas: 2}",
                        "spec: {replicas: 5}",
                        "spec: {replicas: 2}",
                        "/spec/replicas"),
                row(
                        "a label of somebody else",
                        CONFIG_MAP + "metadata: {labels: {a: '1'}}",
                        "metadata: {labels: {a: '1', theirs: x}}",
                        "metadata: {labels: {a: '1'}}"),
                row(
                        "a label of ours that left Git",
                        CONFIG_MAP + "metadata: {labels: {a: '1', b/c: '2'}}",
                        "",
                        "metadata: {labels: {a: '1'}}",
                        "/metadata/labels/b~1c"),
                row(
                        "all labels of ours left Git",
                        CONFIG_MAP + "metadata: {labels: {a: '1'}}",
                        "metadata: {labels: {a: '1', theirs: x}}",
                        "{}",
                        "/metadata/labels/a"),
                row(
                        "a key of the data left Git",
                        CONFIG_MAP + "data: {a: '1', b: '2'}",
                        "",
                        "data: {a: '1'}",
                        "/data/b"),
                row(
                        "quantities spelled otherwise",
                        DEPLOYMENT + pod("resources: {limits: {cpu: 1000m, memory: 1024Mi}, requests: {cpu: 0.5}}"),
                        pod("resources: {limits: {cpu: '1', memory: 1Gi}, requests: {cpu: 500m}}"),
                        pod("resources: {limits: {cpu: 1000m, memory: 1024Mi}, requests: {cpu: 0.5}}")),
                row(
                        "another quantity",
                        DEPLOYMENT + pod("resources: {limits: {cpu: 1000m}}"),
                        pod("resources: {limits: {cpu: 1100m}}"),
                        pod("resources: {limits: {cpu: 1000m}}"),
                        "/spec/template/spec/containers/0/resources/limits/cpu"),
                row(
                        "texts that only look like quantities",
                        CONFIG_MAP + "data: {a: 1000m}",
                        "data: {a: '1'}",
                        "data: {a: 1000m}",
                        "/data/a"),
                row(
                        "defaulted fields of a container",
                        DEPLOYMENT + pod("image: nginx"),
                        pod("image: nginx, imagePullPolicy: Always, terminationMessagePath: /dev/x"),
                        pod("image: nginx")),
                row(
                        "environment in another order",
                        DEPLOYMENT + pod("env: [{name: A, value: '1'}, {name: B, value: '2'}]"),
                        pod("env: [{name: B, value: '2'}, {name: A, value: '1'}]"),
                        pod("env: [{name: A, value: '1'}, {name: B, value: '2'}]")),
                row(
                        "a variable changed",
                        DEPLOYMENT + pod("env: [{name: A, value: '1'}, {name: B, value: '2'}]"),
                        "",
                        pod("env: [{name: A, value: '1'}, {name: B, value: '3'}]"),
                        "/spec/template/spec/containers/0/env/1/value"),
                row(
                        "a variable of ours left Git",
                        DEPLOYMENT + pod("env: [{name: A, value: '1'}, {name: B, value: '2'}]"),
                        "",
                        pod("env: [{name: A, value: '1'}]"),
                        "/spec/template/spec/containers/0/env/1"),
                row(
                        "a variable that somebody added",
                        DEPLOYMENT + pod("env: [{name: A, value: '1'}]"),
                        pod("env: [{name: A, value: '1'}, {name: INJECTED, value: x}]"),
                        pod("env: [{name: A, value: '1'}]")),
                row(
                        "a sidecar that somebody added",
                        DEPLOYMENT + pod("image: nginx"),
                        "spec: {template: {spec: {containers: [{name: istio}, {name: web, image: nginx}]}}}",
                        pod("image: nginx")),
                row(
                        "a container removed in the cluster",
                        DEPLOYMENT + "spec: {template: {spec: {containers: [{name: web}, {name: side}]}}}",
                        "spec: {template: {spec: {containers: [{name: web}]}}}",
                        "spec: {template: {spec: {containers: [{name: web}, {name: side}]}}}",
                        "/spec/template/spec/containers/1"),
                row(
                        "a port whose protocol is a default",
                        SERVICE + "spec: {ports: [{port: 80, targetPort: http}]}",
                        "spec: {ports: [{port: 80, targetPort: http, protocol: TCP}], clusterIP: 10.0.0.1}",
                        "spec: {ports: [{port: 80, targetPort: http}]}"),
                row(
                        "a number where Git has a name",
                        SERVICE + "spec: {ports: [{port: 80, targetPort: http}]}",
                        "spec: {ports: [{port: 80, targetPort: 8080, protocol: TCP}]}",
                        "spec: {ports: [{port: 80, targetPort: http}]}",
                        "/spec/ports/0/targetPort"),
                row(
                        "a percentage is no number",
                        DEPLOYMENT + "spec: {strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}}",
                        "",
                        "spec: {strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}}"),
                row(
                        "a selector that lost a label in Git",
                        SERVICE + "spec: {selector: {app: a, tier: b}}",
                        "",
                        "spec: {selector: {app: a}}",
                        "/spec/selector/tier"),
                row(
                        "arguments changed",
                        DEPLOYMENT + pod("args: [a, b]"),
                        "",
                        pod("args: [a, c]"),
                        "/spec/template/spec/containers/0/args/1"),
                row(
                        "arguments added",
                        DEPLOYMENT + pod("args: [a]"),
                        "",
                        pod("args: [a, b]"),
                        "/spec/template/spec/containers/0/args"),
                row(
                        "arguments removed from Git",
                        DEPLOYMENT + pod("args: [a], image: b"),
                        "",
                        pod("image: b"),
                        "/spec/template/spec/containers/0/args"),
                row(
                        "a field of a toleration left Git",
                        DEPLOYMENT + "spec: {template: {spec: {tolerations: [{key: a, effect: NoSchedule}]}}}",
                        "",
                        "spec: {template: {spec: {tolerations: [{key: a}]}}}",
                        "/spec/template/spec/tolerations/0/effect"),
                row(
                        "a protocol that the server filled in",
                        "networking.k8s.io/v1 NetworkPolicy spec: {ingress: [{ports: [{port: 80}]}]}",
                        "spec: {ingress: [{ports: [{port: 80, protocol: TCP}]}], policyTypes: [Ingress]}",
                        "spec: {ingress: [{ports: [{port: 80}]}]}"),
                row(
                        "one finalizer of ours left Git",
                        CONFIG_MAP + "metadata: {finalizers: [example.org/a, example.org/b]}",
                        "metadata: {finalizers: [example.org/z, example.org/a, example.org/b]}",
                        "metadata: {finalizers: [example.org/a]}",
                        "/metadata/finalizers/2"),
                row(
                        "values that are left out when empty",
                        DEPLOYMENT
                                + "spec: {paused: false, template: {spec: {securityContext: {}, hostNetwork: false}}}",
                        "spec: {template: {spec: {securityContext: {}}}}",
                        "spec: {paused: false, template: {spec: {securityContext: {}, hostNetwork: false, volumes: []}}}"),
                row(
                        "null says nothing",
                        DEPLOYMENT + "{metadata: {labels: {a: b}}, spec: {replicas: 1}}",
                        "",
                        "{metadata: {creationTimestamp: null, labels: {a: b}}, spec: {replicas: 1, paused: null}, status: {}}"),
                row(
                        "a switch that somebody removed",
                        DEPLOYMENT + "spec: {template: {spec: {automountServiceAccountToken: true}}}",
                        "spec: {template: {spec: {restartPolicy: Always}}}",
                        "spec: {template: {spec: {automountServiceAccountToken: true}}}",
                        "/spec/template/spec/automountServiceAccountToken"),
                row(
                        "a volume of another type",
                        DEPLOYMENT + "spec: {template: {spec: {volumes: [{name: a, emptyDir: {}}]}}}",
                        "",
                        "spec: {template: {spec: {volumes: [{name: a, configMap: {name: c}}]}}}",
                        "/spec/template/spec/volumes/0/configMap/name",
                        "/spec/template/spec/volumes/0/emptyDir"),
                row(
                        "a custom kind",
                        WIDGET + "spec: {size: 3, parts: [a, b]}",
                        "spec: {size: 3, parts: [a, b], colour: red}",
                        "spec: {size: 4, parts: [a]}",
                        "/spec/size",
                        "/spec/parts"),
                row(
                        "a field of ours that left a custom object",
                        WIDGET + "spec: {size: 3, deep: {er: 1, x: 2}}",
                        "",
                        "spec: {size: 3, deep: {x: 2}}",
                        "/spec/deep/er"),
                row("base64 broken over lines", "v1 Secret data: {a: 'YWJj'}", "", "data: {a: \"YW\\nJj\\n\"}"),
                row("write-only text of a Secret", "v1 Secret data: {a: 'YWJj'}", "", "stringData: {a: abc}"),
                row(
                        "a Secret that changed",
                        "v1 Secret data: {a: 'hmac:x'}",
                        "data: {a: 'hmac:y'}",
                        "data: {a: 'hmac:x'}",
                        "/data/a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("afterAnApply")
    void findsWhatAnApplyWouldChange(String name, String applied, String live, String desired, List<String> paths) {
        ObjectNode ours = object(applied);
        String head = head(applied);
        ObjectNode held = live.isEmpty() ? ours.deepCopy() : object(head + live);
        own(held, ours);

        List<Comparison.Difference> found = Comparison.differences(object(head + desired), held, US);

        assertThat(found).extracting(Comparison.Difference::path).containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void asksOnlyForContainmentWhereWeNeverApplied() {
        JsonNode live = object(DEPLOYMENT
                + "spec: {replicas: 1, paused: true, template: {spec: {tolerations: [{key: a, effect: X}]}}}");

        assertThat(Comparison.differences(
                        object(DEPLOYMENT
                                + "spec: {replicas: 1, template: {spec: {tolerations: [{key: a}], hostPID: false}}}"),
                        live,
                        US))
                .isEmpty();
        assertThat(Comparison.differences(object(DEPLOYMENT + "spec: {replicas: 2}"), live, US))
                .extracting(Comparison.Difference::path)
                .containsExactly("/spec/replicas");
    }

    @Test
    void tellsTheItemsOfACustomListByTheKeysTheServerWrote() {
        ObjectNode live = object(WIDGET + "spec: {parts: [{id: b, n: 2}, {id: a, n: 1}, {id: theirs}]}");
        ObjectNode fields = (ObjectNode) json("""
                {"f:spec": {"f:parts": {"k:{\\"id\\":\\"a\\"}": {".": {}, "f:id": {}, "f:n": {}},
                                        "k:{\\"id\\":\\"b\\"}": {".": {}, "f:id": {}, "f:n": {}}}}}""");
        entry(live, fields);

        assertThat(Comparison.differences(object(WIDGET + "spec: {parts: [{id: a, n: 5}]}"), live, US))
                .extracting(Comparison.Difference::path)
                .containsExactly("/spec/parts/0/n", "/spec/parts/0");
    }

    @Test
    void showsBothValues() {
        ObjectNode live = object(CONFIG_MAP + "data: {a: x}");

        assertThat(Comparison.differences(object(CONFIG_MAP + "data: {a: y, b: z}"), live, US))
                .containsExactly(
                        new Comparison.Difference("/data/a", json("\"y\""), json("\"x\"")),
                        new Comparison.Difference("/data/b", json("\"z\""), null));
    }

    @Test
    void treatsForgedOwnershipAsNone() {
        ObjectNode live = object(CONFIG_MAP + "data: {a: x}");
        entry(live, (ObjectNode) json("{\"nonsense\": {}}"));

        assertThat(Comparison.differences(object(CONFIG_MAP + "data: {a: x}"), live, US))
                .isEmpty();
    }

    private static Arguments row(String name, String applied, String live, String desired, String... paths) {
        return Arguments.of(name, applied, live, desired, List.of(paths));
    }

    private static Arguments row(String name, String applied, String live, String desired, List<String> paths) {
        return Arguments.of(name, applied, live, desired, paths);
    }

    private static String pod(String container) {
        return "spec: {template: {spec: {containers: [{name: web, " + container + "}]}}}";
    }

    private static String head(String text) {
        return text.substring(0, text.indexOf(' ', text.indexOf(' ') + 1) + 1);
    }

    private static void own(ObjectNode live, ObjectNode ours) {
        String apiVersion = ours.path("apiVersion").asText();
        Schema schema = Schemas.of(apiVersion, ours.path("kind").asText());
        ObjectNode bare = ours.deepCopy();
        bare.remove(List.of("apiVersion", "kind"));
        entry(live, Typed.fields(schema, bare).toJson());
    }

    private static void entry(ObjectNode live, ObjectNode fields) {
        live.withObject("/metadata")
                .withArray("managedFields")
                .addObject()
                .put("manager", US)
                .put("operation", "Apply")
                .put("apiVersion", live.path("apiVersion").asText())
                .set("fieldsV1", fields);
    }

    static ObjectNode object(String text) {
        String head = head(text);
        String[] kind = head.strip().split(" ");
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", kind[0]).put("kind", kind[1]);
        JsonNode rest = JSON.valueToTree(new Yaml().load(text.substring(head.length())));
        rest.properties().forEach(field -> object.set(field.getKey(), field.getValue()));
        return object;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
