package io.driftless.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.ManagedFields.Manager;
import io.driftless.objects.ManagedFields.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructuredMergeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema DEPLOYMENT = Schemas.of("apps/v1", "Deployment");
    private static final Manager GITOPS = new Manager("gitops", Operation.Apply, "apps/v1", "");
    private static final Manager EDIT = new Manager("kubectl-edit", Operation.Update, "apps/v1", "");
    private static final String BASE = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","labels":{"app":"a"}},"spec":{"replicas":2,
             "selector":{"matchLabels":{"app":"a"}},"template":{"spec":{"containers":[
              {"name":"web","image":"web:1","ports":[{"containerPort":80}],"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]},
              {"name":"side","image":"side:1"}]}}}}""";

    @Test
    void anApplyRecordsTheFieldsAsTheApiServerDoes() throws Exception {
        assertThat(first().managers().appliedBy("gitops").toJson()).isEqualTo(json("""
                                {"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:spec":{"f:containers":{
                                 "k:{\\"name\\":\\"side\\"}":{".":{},"f:image":{},"f:name":{}},
                                 "k:{\\"name\\":\\"web\\"}":{".":{},"f:image":{},"f:name":{},
                                   "f:ports":{"k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{}}},
                                   "f:env":{"k:{\\"name\\":\\"A\\"}":{".":{},"f:name":{},"f:value":{}},"k:{\\"name\\":\\"B\\"}":{".":{},"f:name":{},"f:value":{}}}}
                                }}}}}"""));
    }

    @Test
    void aFieldSetSurvivesWritingAndReading() throws Exception {
        FieldSet set = first().managers().appliedBy("gitops");
        assertThat(FieldSet.parse(set.toJson())).isEqualTo(set);
        assertThat(set.minus(set).isEmpty()).isTrue();
        assertThat(set.union(FieldSet.EMPTY)).isEqualTo(set);
        assertThat(set.intersection(set)).isEqualTo(set);
    }

    @Test
    void whatAnApplyNoLongerHoldsIsRemoved() throws Exception {
        ObjectNode next = json(BASE.replace(",{\"name\":\"B\",\"value\":\"2\"}", "")
                .replace(",\n  {\"name\":\"side\",\"image\":\"side:1\"}", ""));
        StructuredMerge.Merged merged = merged(apply(first(), next, GITOPS, false));
        JsonNode containers = merged.object().at("/spec/template/spec/containers");
        assertThat(containers).hasSize(1);
        assertThat(containers.at("/0/env")).hasSize(1);
    }

    @Test
    void whatSomebodyElseAddedStays() throws Exception {
        StructuredMerge.Merged live = edit(first(), o -> ((ObjectNode) o.at("/metadata/labels")).put("team", "x"));
        StructuredMerge.Merged merged = merged(apply(live, json(BASE.replace("web:1", "web:2")), GITOPS, false));
        assertThat(merged.object().at("/metadata/labels/team").asText()).isEqualTo("x");
        assertThat(merged.object().at("/spec/template/spec/containers/0/image").asText())
                .isEqualTo("web:2");
        assertThat(merged.managers().of(EDIT).toJson())
                .isEqualTo(json("{\"f:metadata\":{\"f:labels\":{\"f:team\":{}}}}"));
    }

    @Test
    void aFieldTakenByAnEditIsAConflictUntilForced() throws Exception {
        StructuredMerge.Merged live = edit(first(), o -> ((ObjectNode) o.at("/spec")).put("replicas", 5));
        StructuredMerge.Result refused = apply(live, json(BASE), GITOPS, false);
        assertThat(refused).isInstanceOfSatisfying(StructuredMerge.Conflicts.class, c -> {
            assertThat(c.conflicts()).hasSize(1);
            assertThat(c.conflicts().getFirst().field()).isEqualTo(".spec.replicas");
            assertThat(c.conflicts().getFirst().message()).isEqualTo("conflict with \"kubectl-edit\" using apps/v1");
        });
        StructuredMerge.Merged forced = merged(apply(live, json(BASE), GITOPS, true));
        assertThat(forced.object().at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(forced.managers().of(EDIT).isEmpty()).isTrue();
    }

    @Test
    void aRepeatedApplyChangesNothing() throws Exception {
        StructuredMerge.Merged live = first();
        assertThat(apply(live, json(BASE), GITOPS, false)).isEqualTo(live);
    }

    @Test
    void aFieldThatTwoApplyIsKeptWhenOneLetsGo() throws Exception {
        Manager other = new Manager("other", Operation.Apply, "apps/v1", "");
        StructuredMerge.Merged shared = merged(apply(first(), json("{\"spec\":{\"replicas\":2}}"), other, false));
        StructuredMerge.Merged left = merged(apply(shared, json(BASE.replace("\"replicas\":2,", "")), GITOPS, false));
        assertThat(left.object().at("/spec/replicas").asInt()).isEqualTo(2);
        StructuredMerge.Merged gone = merged(apply(left, json("{}"), other, false));
        assertThat(gone.object().path("spec").has("replicas")).isFalse();
    }

    @Test
    void quantitiesSpelledDifferentlyAreTheSame() {
        assertThat(Quantities.same(text("1000m"), text("1"))).isTrue();
        assertThat(Quantities.same(text("1Gi"), text("1024Mi"))).isTrue();
        assertThat(Quantities.same(text("0.5"), text("500m"))).isTrue();
        assertThat(Quantities.same(text("1G"), text("1Gi"))).isFalse();
        assertThat(Quantities.same(text("abc"), text("abd"))).isFalse();
    }

    @Test
    void strategicPatchesMergeListsByTheirKeyAndDelete() throws Exception {
        ObjectNode patched = StrategicMergePatch.apply(DEPLOYMENT, json(BASE), json("""
                        {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"new"},{"name":"web"}],"containers":[
                         {"name":"web","image":"web:9"},{"name":"side","$patch":"delete"},{"name":"new","image":"n"}]}}}}"""));
        assertThat(patched.at("/spec/template/spec/containers").findValuesAsText("image"))
                .isEqualTo(List.of("n", "web:9"));
        assertThat(patched.at("/spec/template/spec/containers/1/env")).hasSize(2);
    }

    @Test
    void jsonPatchesRefuseAFailedTest() throws Exception {
        JsonNode patched = JsonPatch.apply(
                json("{\"a\":[1,2]}"), JSON.readTree("[{\"op\":\"add\",\"path\":\"/a/1\",\"value\":7}]"));
        assertThat(patched).isEqualTo(json("{\"a\":[1,7,2]}"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> JsonPatch.apply(
                        json("{\"a\":1}"), JSON.readTree("[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]")))
                .hasMessageContaining("/a");
    }

    @Test
    void digestsDoNotDependOnKeyOrder() throws Exception {
        assertThat(Digests.of(json("{\"a\":1,\"b\":[1.0]}"))).isEqualTo(Digests.of(json("{\"b\":[1],\"a\":1}")));
    }

    private static StructuredMerge.Merged first() throws Exception {
        return merged(apply(
                new StructuredMerge.Merged(JSON.createObjectNode(), new ManagedFields(List.of())),
                json(BASE),
                GITOPS,
                false));
    }

    private static StructuredMerge.Result apply(
            StructuredMerge.Merged live, ObjectNode applied, Manager manager, boolean force) {
        return StructuredMerge.apply(
                DEPLOYMENT,
                live.object(),
                live.managers(),
                applied,
                manager,
                FieldSet.EMPTY,
                force,
                "2026-01-01T00:00:00Z");
    }

    private static StructuredMerge.Merged merged(StructuredMerge.Result result) {
        return (StructuredMerge.Merged) result;
    }

    private static StructuredMerge.Merged edit(
            StructuredMerge.Merged live, java.util.function.Consumer<ObjectNode> change) {
        ObjectNode after = live.object().deepCopy();
        change.accept(after);
        ManagedFields managers = StructuredMerge.update(
                DEPLOYMENT, live.object(), after, live.managers(), EDIT, FieldSet.EMPTY, "2026-01-01T00:00:01Z");
        return new StructuredMerge.Merged(after, managers);
    }

    private static JsonNode text(String value) {
        return JSON.getNodeFactory().textNode(value);
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) JSON.readTree(text);
    }
}
