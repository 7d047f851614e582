package io.driftless.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredFieldsTest {
    private static final String SHAPE = "apps/v1 Deployment {metadata: {name: web, namespace: shop, "
            + "annotations: {a/b: x, c: y}}, spec: {replicas: 3, template: {spec: {containers: ["
            + "{name: web, image: nginx}, {name: side, image: istio}]}}}}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            .spec.replicas                                             | /spec/replicas
            .metadata.annotations["a/b"]                               | /metadata/annotations/a~1b
            .metadata.annotations."a/b"                                | /metadata/annotations/a~1b
            .spec.template.spec.containers[1].image                    | /spec/template/spec/containers/1/image
            .spec.template.spec.containers[-1].image                   | /spec/template/spec/containers/1/image
            .spec.template.spec.containers[] | select(.name == "side") | /spec/template/spec/containers/1
            .spec.template.spec.containers[] | select(.name == "side") | .image | /spec/template/spec/containers/1/image
            .spec.template.spec.containers[]? | select(.name != "web").image | /spec/template/spec/containers/1/image
            """)
    void leavesOutWhatSimpleJqPathsName(String line) {
        int bar = line.lastIndexOf(" | ");
        check(
                ignoring(List.of(), List.of(line.substring(0, bar).strip())),
                line.substring(bar + 3).strip());
    }

    @Test
    void leavesOutEveryItemsField() {
        JsonNode left = ignoring(List.of(), List.of(".spec.template.spec.containers[].image"))
                .without(shape(), null);

        assertThat(left.at("/spec/template/spec/containers").findValues("image"))
                .isEmpty();
        assertThat(left.at("/spec/template/spec/containers").findValues("name")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spec/replicas",
                "/metadata/annotations/a~1b",
                "/spec/template/spec/containers/0",
                "/spec/template/spec/containers/1/image"
            })
    void leavesOutWhatPointersName(String pointer) {
        check(ignoring(List.of(pointer), List.of()), pointer);
    }

    @Test
    void removesSeveralItemsOfOneListWhateverTheirOrder() {
        JsonNode left = ignoring(
                        List.of("/spec/template/spec/containers/1", "/spec/template/spec/containers/0"),
                        List.of(".spec.template.spec.containers[0]"))
                .without(shape(), null);

        assertThat(left.at("/spec/template/spec/containers")).isEmpty();
    }

    @Test
    void doesNotMindFieldsThatAreNotThere() {
        assertThat(ignoring(List.of("/spec/nothing/here", "/spec/template/spec/containers/7/x"), List.of())
                        .without(shape(), null))
                .isEqualTo(shape());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..|.image?",
                ".a,.b",
                ".spec.containers[] | select(.name | test(\"x\"))",
                "range(1;9)",
                "",
                ".",
                "select(.a == 1)",
                ".a | ",
                ".a[1:2]"
            })
    void namesExpressionsItDoesNotSupport(String expression) {
        IgnoredFields fields = ignoring(List.of(), List.of(expression));

        assertThat(fields.unsupported()).containsExactly(expression);
        assertThat(fields.without(shape(), null)).isEqualTo(shape());
    }

    @Test
    void leavesOutWhatATrustedManagerOwnsButNotItsNeighbours() {
        JsonNode live = ComparisonTest.object("apps/v1 Deployment {metadata: {managedFields: [{manager: hpa, "
                + "operation: Update, apiVersion: apps/v1, fieldsV1: {'f:spec': {'f:replicas': {}}, "
                + "'f:metadata': {'f:annotations': {'.': {}, 'f:c': {}}}}}]}}");

        JsonNode left = IgnoredFields.of(List.of(rule("*", "*", List.of(), List.of(), List.of("hpa"))), shape())
                .without(shape(), live);

        assertThat(left.at("/spec/replicas").isMissingNode()).isTrue();
        assertThat(left.at("/metadata/annotations/c").isMissingNode()).isTrue();
        assertThat(left.at("/metadata/annotations/a~1b").asText()).isEqualTo("x");
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource({
        "apps, Deployment, '', '', true",
        "*, *, web, shop, true",
        "ap*, Dep*ment, '', '', true",
        "'', Deployment, '', '', false",
        "apps, StatefulSet, '', '', false",
        "apps, Deployment, other, '', false",
        "apps, Deployment, '', other, false"
    })
    void concernsObjectsByKindAndName(String group, String kind, String name, String namespace, boolean concerned) {
        IgnoreRule rule = new IgnoreRule(group, kind, name, namespace, List.of(), List.of(), List.of());

        assertThat(rule.concerns(shape())).isEqualTo(concerned);
    }

    @Test
    void respectsWhatTheClusterHoldsWhenApplying() {
        JsonNode live = ComparisonTest.object("apps/v1 Deployment {spec: {replicas: 9, template: {spec: {containers: ["
                + "{name: side, image: newer}, {name: web, image: mine}]}}}}");
        IgnoredFields fields = ignoring(
                List.of("/spec/replicas", "/metadata/annotations/c"),
                List.of(".spec.template.spec.containers[] | select(.name == \"side\").image"));

        JsonNode manifest = fields.respected(shape(), live);

        assertThat(manifest.at("/spec/replicas").asInt()).isEqualTo(9);
        assertThat(manifest.at("/spec/template/spec/containers/1/image").asText())
                .isEqualTo("newer");
        assertThat(manifest.at("/spec/template/spec/containers/0/image").asText())
                .isEqualTo("nginx");
        assertThat(manifest.at("/metadata/annotations/c").isMissingNode()).isTrue();
    }

    private static void check(IgnoredFields fields, String removed) {
        assertThat(fields.unsupported()).isEmpty();
        JsonNode left = fields.without(shape(), null);
        JsonNode expected = shape();
        int slash = removed.lastIndexOf('/');
        JsonNode container = expected.at(removed.substring(0, slash));
        String name = removed.substring(slash + 1).replace("~1", "/");
        if (container instanceof com.fasterxml.jackson.databind.node.ArrayNode list) {
            list.remove(Integer.parseInt(name));
        } else {
            ((com.fasterxml.jackson.databind.node.ObjectNode) container).remove(name);
        }
        assertThat(left).isEqualTo(expected).isNotEqualTo(shape());
    }

    private static IgnoredFields ignoring(List<String> pointers, List<String> expressions) {
        return IgnoredFields.of(List.of(rule("apps", "Deployment", pointers, expressions, List.of())), shape());
    }

    private static IgnoreRule rule(
            String group, String kind, List<String> pointers, List<String> expressions, List<String> managers) {
        return new IgnoreRule(group, kind, "", "", pointers, expressions, managers);
    }

    private static JsonNode shape() {
        return ComparisonTest.object(SHAPE);
    }
}
