package io.driftless.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import io.driftless.sandbox.model.YamlDuplicates;
import io.driftless.sandbox.typed.Decoder;
import io.driftless.sandbox.typed.Intent;
import io.driftless.sandbox.typed.Shape;
import io.driftless.sandbox.typed.Shapes;
import io.driftless.sandbox.typed.Undecodable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies read by the types of built-in kinds.
class DecodingTest {
    private static final Shapes SHAPES = new Shapes();
    private static final Shape DEPLOYMENT = SHAPES.of("apps", "v1", "Deployment");
    private static final Shape POD = SHAPES.of("", "v1", "Pod");

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyBuiltInKindHasAShape() {
        List<String> unknown = new ResourceRegistry()
                .all().stream()
                        .filter(type -> SHAPES.of(type.group(), type.version(), type.kind()) == Shape.ANY)
                        .map(ResourceType::id)
                        .toList();

        assertThat(unknown).isEmpty();
    }

    @Test
    void whatIsUnknownIsLostAndNamedInOrder() {
        ObjectNode read = object("""
                {"surplus": 1, "spec": {"replicas": 1, "template": {"spec": {"containers": [{"name": "c", "odd": {}}]}}}}""");

        assertThat(Decoder.decode(DEPLOYMENT, read)).containsExactly("surplus", "spec.template.spec.containers[0].odd");
        assertThat(read)
                .isEqualTo(
                        object(
                                "{\"spec\": {\"replicas\": 1, \"template\": {\"spec\": {\"containers\": [{\"name\": \"c\"}]}}}}"));
    }

    @Test
    void anAliasOfWhatItIsAPartOfIsLookedAtOnce() {
        assertThat(YamlDuplicates.in("a: &a [*a]\nb: 1\nb: 2\n"))
                .containsExactly("line 3: key \"b\" already set in map");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-28T23:59:59Z",
                "2024-02-29T00:00:00Z",
                "2026-12-31T12:00:00Z",
                "2026-01-01T00:00:00+02:00",
                "2026-01-01T00:00:00.5Z"
            })
    void timesAreRead(String time) {
        ObjectNode read = object("{\"metadata\": {\"creationTimestamp\": \"" + time + "\"}}");

        assertThat(Decoder.decode(POD, read)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29T00:00:00Z",
                "2024-02-30T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-00-01T00:00:00Z",
                "2024-01-00T00:00:00Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:60:00Z",
                "2024-01-01T00:00:60Z",
                "2024-01-01T00:00:0aZ",
                "2024-01-01 00:00:00Z",
                "2024-01-01T00:00:00"
            })
    void whatIsNoTimeIsRefused(String time) {
        ObjectNode read = object("{\"metadata\": {\"creationTimestamp\": \"" + time + "\"}}");

        assertThatThrownBy(() -> Decoder.decode(POD, read))
                .isInstanceOfSatisfying(
                        Undecodable.class, e -> assertThat(e.why()).contains(time));
    }

    @Test
    void whatIsNullOrHoldsNothingIsLeftOut() {
        ObjectNode read = object(
                "{\"metadata\": {\"labels\": {}, \"name\": null}, \"spec\": {\"volumes\": [], \"containers\": []}}");

        assertThat(Decoder.decode(POD, read)).isEmpty();
        assertThat(read).isEqualTo(object("{\"metadata\": {}, \"spec\": {\"containers\": []}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100m", "1", "1.5Gi", "1e3", "-5", "0.5", ".5", "1Ki", "12E"})
    void quantitiesAreRead(String quantity) {
        Decoder.decode(POD, limited('"' + quantity + '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "\"1x\"", "\"\"", "true", "\"1 Gi\"", "\"Gi\""})
    void whatIsNoQuantityIsNot(String value) {
        assertThatThrownBy(() -> Decoder.decode(POD, limited(value)))
                .isInstanceOf(Undecodable.class)
                .hasMessageStartingWith("quantities must match");
    }

    private static ObjectNode limited(String value) {
        return object("{\"spec\": {\"containers\": [{\"resources\": {\"limits\": {\"cpu\": " + value + "}}}]}}");
    }

    @Test
    void whatIsToTellItemsApartIsNeverLeftOut() {
        ObjectNode pod = object("{\"spec\": {\"containers\": [{\"image\": \"i\"}]}}");

        assertThat(Intent.of(POD, pod).misfits()).isEmpty();
        assertThat(pod).isEqualTo(object("{\"spec\": {\"containers\": [{\"image\": \"i\", \"name\": \"\"}]}}"));
    }

    @Test
    void definitionsHoldEachOther() {
        ObjectNode definition = object("""
                {"spec": {"versions": [{"schema": {"openAPIV3Schema": {"properties": {"a": {"properties": {"b":
                {"items": {"type": "string", "odd": 1}}}}}}}}]}}""");

        assertThat(Decoder.decode(SHAPES.of("apiextensions.k8s.io", "v1", "CustomResourceDefinition"), definition))
                .containsExactly("spec.versions[0].schema.openAPIV3Schema.properties.a.properties.b.items.odd");
    }
}
