package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Server-side apply: who owns which field, and what follows from that.
class ApplyTest {
    private static String map(String... data) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {" + String.join(", ", data) + "}\n";
    }

    private static String by(String path, String manager) {
        return path + "?fieldManager=" + manager;
    }

    private static String byForce(String path, String manager) {
        return path + "?fieldManager=" + manager + "&force=true";
    }

    /// The entry of a manager in managedFields.
    private static JsonNode entry(JsonNode object, String manager, String operation) {
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (entry.path("manager").asText().equals(manager)
                    && entry.path("operation").asText().equals(operation)
                    && entry.path("subresource").asText().isEmpty()) {
                return entry;
            }
        }
        return Api.JSON.missingNode();
    }

    private static String fields(Answer answer, String manager) {
        return entry(answer.body(), manager, "Apply").path("fieldsV1").toString();
    }

    @OnBoth
    void anApplyThatMakesAnObjectNamesIt(Server server) {
        String map = server.core("configmaps/a");
        String nameless = "apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n";

        assertThat(server.api()
                        .apply(by(map, "one"), nameless)
                        .refused(400, "BadRequest")
                        .message())
                .isEqualTo("the name of the object (a based on URL) was undeterminable: name must be provided");
        server.api().apply(by(map, "one"), map("a: c")).expect(201);
        server.api().apply(by(map, "one"), nameless).expect(200);
    }

    @OnBoth
    void anUpdateMayNameOtherOwners(Server server) {
        String map = server.core("configmaps/a");
        server.api().apply(by(map, "one"), map("a: b", "c: d")).expect(201);

        Answer handed = server.api().put(by(map, "two"), """
                metadata:
                  name: a
                  managedFields:
                  - {manager: three, operation: Apply, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {'f:data': {'f:a': {}}}}
                data: {a: b, c: e}
                """).expect(200);

        assertThat(fields(handed, "one")).isEmpty();
        assertThat(fields(handed, "three")).isEqualTo("{\"f:data\":{\"f:a\":{}}}");
        assertThat(entry(handed.body(), "two", "Update").path("fieldsV1").toString())
                .isEqualTo("{\"f:data\":{\"f:c\":{}}}");
    }

    @OnBoth
    void appliedFieldsAreOwned(Server server) {
        String path = server.core("configmaps/a");

        Answer made = server.api().apply(by(path, "one"), map("k: v")).expect(201);

        JsonNode entry = entry(made.body(), "one", "Apply");
        assertThat(made.at("/metadata/managedFields")).hasSize(1);
        assertThat(entry.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(entry.path("fieldsType").asText()).isEqualTo("FieldsV1");
        assertThat(entry.path("time").asText()).endsWith("Z");
        assertThat(entry.path("fieldsV1").toString()).isEqualTo("{\"f:data\":{\"f:k\":{}}}");
        Answer again = server.api().apply(by(path, "one"), map("k: v")).expect(200);
        assertThat(again.version()).as("nothing changed").isEqualTo(made.version());
        assertThat(again.body()).isEqualTo(made.body());
        server.api().apply(by(path, "one"), map("k: w")).expect(200);
        assertThat(server.api().get(path).text("/data/k")).isEqualTo("w");
    }

    @OnBoth
    void aFieldOfAnotherIsAConflictThatNamesIt(Server server) {
        String path = server.core("configmaps/a");
        server.api().apply(by(path, "one"), map("k: v", "l: v")).expect(201);

        Answer refused =
                server.api().apply(by(path, "two"), map("k: w", "m: w")).refused(409, "Conflict");

        assertThat(refused.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.k");
        assertThat(refused.at("/details/causes")).hasSize(1);
        assertThat(refused.text("/details/causes/0/reason")).isEqualTo("FieldManagerConflict");
        assertThat(refused.text("/details/causes/0/message")).isEqualTo("conflict with \"one\"");
        assertThat(refused.text("/details/causes/0/field")).isEqualTo(".data.k");
        assertThat(server.api().get(path).at("/data").has("m")).isFalse();
    }

    @OnBoth
    void severalConflictsAreAllNamed(Server server) {
        String path = server.core("configmaps/a");
        server.api().apply(by(path, "one"), map("k: v")).expect(201);
        server.api().apply(by(path, "two"), map("l: v")).expect(200);

        Answer refused =
                server.api().apply(by(path, "three"), map("k: w", "l: w")).refused(409, "Conflict");

        assertThat(refused.message())
                .startsWith("Apply failed with 2 conflicts: conflict")
                .contains("\"one\"")
                .contains("\"two\"")
                .contains("- .data.k")
                .contains("- .data.l");
        assertThat(refused.at("/details/causes").findValuesAsText("field"))
                .containsExactlyInAnyOrder(".data.k", ".data.l");
    }

    @OnBoth
    void aWriteByUpdateIsAConflictThatTellsWhenAndHow(Server server) {
        String path = server.core("configmaps/a");
        server.api().apply(by(path, "one"), map("k: v")).expect(201);
        server.api().merge(path + "?fieldManager=editor", "data: {k: edited}").expect(200);

        Answer refused = server.api().apply(by(path, "one"), map("k: v")).refused(409, "Conflict");

        assertThat(refused.message())
                .startsWith("Apply failed with 1 conflict: conflict with \"editor\" using v1")
                .endsWith(": .data.k");
        assertThat(fields(server.api().get(path), "one"))
                .as("it lost the field")
                .isEmpty();
    }

    @OnBoth
    void forceTakesAFieldOver(Server server) {
        String path = server.core("configmaps/a");
        server.api().apply(by(path, "one"), map("k: v", "l: v")).expect(201);

        Answer taken = server.api().apply(byForce(path, "two"), map("k: w")).expect(200);

        assertThat(taken.text("/data/k")).isEqualTo("w");
        assertThat(fields(taken, "one")).isEqualTo("{\"f:data\":{\"f:l\":{}}}");
        assertThat(fields(taken, "two")).isEqualTo("{\"f:data\":{\"f:k\":{}}}");
    }

    @OnBoth
    void theSameValueIsOwnedTogetherAndLeftByOneAlone(Server server) {
        String path = server.core("configmaps/a");
        server.api().apply(by(path, "one"), map("k: v", "l: v")).expect(201);
        Answer shared = server.api().apply(by(path, "two"), map("k: v")).expect(200);
        assertThat(fields(shared, "one")).isEqualTo("{\"f:data\":{\"f:k\":{},\"f:l\":{}}}");
        assertThat(fields(shared, "two")).isEqualTo("{\"f:data\":{\"f:k\":{}}}");

        Answer left = server.api().apply(by(path, "one"), map("l: v")).expect(200);

        assertThat(left.text("/data/k")).as("the other still wants it").isEqualTo("v");
        Answer dropped = server.api()
                .apply(by(path, "two"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
                .expect(200);
        assertThat(dropped.at("/data").has("k")).isFalse();
        assertThat(dropped.text("/data/l")).isEqualTo("v");
        assertThat(entry(dropped.body(), "two", "Apply").isMissingNode()).isTrue();
    }

    @OnBoth
    void whatIsNoLongerAppliedIsRemoved(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .apply(
                        by(path, "one"),
                        map("k: v", "l: v").replace("name: a", "name: a, labels: {x: u, z: w}, annotations: {a: o}"))
                .expect(201);

        Answer left = server.api()
                .apply(by(path, "one"), map("k: v").replace("name: a", "name: a, labels: {x: u}"))
                .expect(200);

        assertThat(left.at("/data").toString()).isEqualTo("{\"k\":\"v\"}");
        assertThat(left.at("/metadata/labels").toString()).isEqualTo("{\"x\":\"u\"}");
        assertThat(left.at("/metadata").has("annotations")).isFalse();
    }

    @OnBoth
    void whatOthersAddedStays(Server server) {
        String path = server.core("configmaps/a");
        server.api().apply(by(path, "one"), map("k: v")).expect(201);
        server.api()
                .merge(path + "?fieldManager=editor", "{data: {e: d}, metadata: {labels: {e: d}}}")
                .expect(200);

        Answer kept = server.api().apply(by(path, "one"), map("k: w")).expect(200);

        assertThat(kept.text("/data/e")).isEqualTo("d");
        assertThat(kept.text("/metadata/labels/e")).isEqualTo("d");
        assertThat(entry(kept.body(), "editor", "Update").path("fieldsV1").toString())
                .isEqualTo("{\"f:data\":{\"f:e\":{}},\"f:metadata\":{\"f:labels\":{\".\":{},\"f:e\":{}}}}");
    }

    @OnBoth
    void itemsOfAListAreOwnedByTheirKeys(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        server.api()
                .apply(by(path, "one"), Manifests.deployment("a", "nginx:1"))
                .expect(201);
        String sidecar = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                spec: {template: {spec: {containers: [
                  {name: side, image: "proxy:1", ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}], env: [{name: A, value: "1"}]}]}}}
                """;

        Answer both = server.api().apply(by(path, "two"), sidecar).expect(200);

        assertThat(both.at("/spec/template/spec/containers").findValuesAsText("image"))
                .containsExactly("nginx:1", "proxy:1");
        JsonNode owned = entry(both.body(), "two", "Apply")
                .at("/fieldsV1/f:spec/f:template/f:spec/f:containers")
                .path("k:{\"name\":\"side\"}");
        assertThat(owned.has(".")).isTrue();
        assertThat(owned.path("f:env").has("k:{\"name\":\"A\"}")).isTrue();
        assertThat(owned.path("f:ports").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "k:{\"containerPort\":80,\"protocol\":\"TCP\"}",
                        "k:{\"containerPort\":80,\"protocol\":\"UDP\"}");

        Answer fewer = server.api()
                .apply(
                        by(path, "two"),
                        sidecar.replace(", {containerPort: 80, protocol: UDP}", "")
                                .replace("[{name: A, value: \"1\"}]", "[]"))
                .expect(200);
        assertThat(fewer.at("/spec/template/spec/containers/1/ports")).hasSize(1);
        assertThat(fewer.at("/spec/template/spec/containers/1").has("env")).isFalse();

        Answer one = server.api()
                .apply(by(path, "two"), "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}")
                .expect(200);
        assertThat(one.at("/spec/template/spec/containers").findValuesAsText("image"))
                .containsExactly("nginx:1");
    }

    @OnBoth
    void aContainersImageIsAConflictUnderItsKey(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        server.api()
                .apply(by(path, "one"), Manifests.deployment("a", "nginx:1"))
                .expect(201);

        Answer refused = server.api()
                .apply(by(path, "two"), Manifests.deployment("a", "nginx:2"))
                .refused(409, "Conflict");

        assertThat(refused.text("/details/causes/0/field"))
                .isEqualTo(".spec.template.spec.containers[name=\"main\"].image");
    }

    @OnBoth
    void setsAreOwnedItemByItemAndAtomicListsAsAWhole(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .apply(by(path, "one"), map("k: v").replace("name: a", "name: a, finalizers: [example.com/a]"))
                .expect(201);
        Answer two = server.api()
                .apply(by(path, "two"), map("k: v").replace("name: a", "name: a, finalizers: [example.com/b]"))
                .expect(200);
        assertThat(two.at("/metadata/finalizers").toString()).isEqualTo("[\"example.com/a\",\"example.com/b\"]");
        assertThat(entry(two.body(), "two", "Apply")
                        .at("/fieldsV1/f:metadata/f:finalizers")
                        .toString())
                .isEqualTo("{\"v:\\\"example.com/b\\\"\":{}}");
        Answer without = server.api().apply(by(path, "one"), map("k: v")).expect(200);
        assertThat(without.at("/metadata/finalizers").toString()).isEqualTo("[\"example.com/b\"]");

        String pods = server.core("pods/p");
        String pod =
                "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeSelector: {none: such}, containers: [{name: c, image: i, args: [a, b]}]}}";
        server.api().apply(by(pods, "one"), pod).expect(201);
        Answer refused = server.api()
                .apply(
                        by(pods, "two"),
                        "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, args: [a]}]}}")
                .refused(409, "Conflict");
        assertThat(refused.text("/details/causes/0/field")).isEqualTo(".spec.containers[name=\"c\"].args");
    }

    @OnBoth
    void aSelectorOfAServiceIsOneField(Server server) {
        String path = server.core("services/s");
        String service =
                "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: a}, ports: [{port: 80, name: http}]}}";
        Answer made = server.api().apply(by(path, "one"), service).expect(201);
        assertThat(entry(made.body(), "one", "Apply").at("/fieldsV1/f:spec").toString())
                .isEqualTo(
                        "{\"f:ports\":{\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},\"f:name\":{},\"f:port\":{}}},"
                                + "\"f:selector\":{}}");

        Answer changed = server.api()
                .apply(by(path, "one"), service.replace("{app: a}", "{tier: b}"))
                .expect(200);
        assertThat(changed.at("/spec/selector").toString()).isEqualTo("{\"tier\":\"b\"}");
    }

    @OnBoth
    void aDryRunShowsTheResultAndKeepsNothing(Server server) {
        String path = server.core("configmaps/a");
        assertThat(server.api()
                        .apply(by(path, "one") + "&dryRun=All", map("k: v"))
                        .expect(201)
                        .text("/data/k"))
                .isEqualTo("v");
        server.api().get(path).refused(404, "NotFound");
        Answer made = server.api().apply(by(path, "one"), map("k: v")).expect(201);

        Answer dry =
                server.api().apply(by(path, "one") + "&dryRun=All", map("k: w")).expect(200);

        assertThat(dry.text("/data/k")).isEqualTo("w");
        assertThat(server.api().get(path).body()).isEqualTo(made.body());
        server.api().apply(by(path, "two") + "&dryRun=All", map("k: w")).refused(409, "Conflict");
    }

    @OnBoth
    void whatApplyCannotDoWithoutIsNamed(Server server) {
        String path = server.core("configmaps/a");
        Answer nobody = server.api().apply(path, map("k: v")).refused(422, "Invalid");
        assertThat(nobody.message()).contains("fieldManager: Required value: is required for apply patch");
        server.api().apply(by(path, "one"), "metadata: {name: a}").expect(400);
        server.api()
                .apply(by(path, "one"), map("k: v").replace("name: a", "name: b"))
                .refused(400, "BadRequest");
        server.api()
                .apply(by(path, "one"), map("k: v").replace("name: a", "name: a, managedFields: [{manager: x}]"))
                .refused(400, "BadRequest");
        server.api().apply(by(path, "one"), "\tno yaml").refused(400, "BadRequest");
        Answer unknown = server.api().apply(by(path, "one"), map("k: v") + "date: {k: v}\n");
        assertThat(unknown.code()).as(unknown.raw()).isEqualTo(500);
        assertThat(unknown.message()).contains(".date: field not declared in schema");
    }

    @OnBoth
    void aWriterMayNameTheStateItDecidedOn(Server server) {
        String path = server.core("configmaps/a");
        Answer made = server.api().apply(by(path, "one"), map("k: v")).expect(201);
        String fenced = map("k: w").replace("name: a", "name: a, resourceVersion: \"" + made.version() + "\"");

        server.api().apply(by(path, "one"), fenced).expect(200);
        server.api().apply(by(path, "one"), fenced.replace("k: w", "k: x")).refused(409, "Conflict");

        assertThat(server.api().get(path).text("/data/k")).isEqualTo("w");
        server.api()
                .apply(by(path, "one"), map("k: x").replace("name: a", "name: a, uid: " + made.uid()))
                .expect(200);
        server.api()
                .apply(
                        by(path, "one"),
                        map("k: z").replace("name: a", "name: a, uid: 11111111-2222-3333-4444-555555555555"))
                .refused(422, "Invalid");
    }

    @OnBoth
    void aUidIsAFenceOnWhatIsGoneAndAVersionIsNot(Server server) {
        String path = server.core("configmaps/a");
        Answer byUid = server.api()
                .apply(
                        by(path, "one"),
                        map("k: z").replace("name: a", "name: a, uid: 11111111-2222-3333-4444-555555555555"))
                .refused(409, "Conflict");
        assertThat(byUid.message()).contains("no existing object was found");
        server.api().get(path).refused(404, "NotFound");

        Answer made = server.api()
                .apply(by(path, "one"), map("k: z").replace("name: a", "name: a, resourceVersion: \"17\""))
                .expect(201);
        assertThat(made.version()).as("a version alone is no fence").isNotEqualTo("17");
    }

    @OnBoth
    void aMapIsTakenOverByWhoAppliesWhatWasCreated(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .post(server.core("configmaps") + "?fieldManager=creator", map("k: v", "l: v"))
                .expect(201);

        Answer shared = server.api().apply(by(path, "one"), map("k: v")).expect(200);
        assertThat(shared.at("/metadata/managedFields")).hasSize(2);
        Answer gone = server.api().apply(by(path, "one"), map("m: v")).expect(200);

        assertThat(gone.at("/data").toString()).isEqualTo("{\"k\":\"v\",\"l\":\"v\",\"m\":\"v\"}");
    }

    @OnBoth
    void statusIsAppliedAsAPartOfItsOwn(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        server.api()
                .apply(
                        by(path, "one"),
                        Manifests.deployment("a", "nginx:1").replace("replicas: 1", "replicas: 0, paused: true"))
                .expect(201);

        Answer status =
                server.api().apply(by(path + "/status", "reporter"), """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: a}
                        status: {conditions: [{type: Custom, status: "True", reason: Because}]}
                        """).expect(200);

        List<String> parts = new ArrayList<>();
        status.at("/metadata/managedFields").forEach(entry -> {
            if (entry.path("manager").asText().equals("reporter")) {
                parts.add(entry.path("operation").asText() + " "
                        + entry.path("subresource").asText() + " " + entry.path("fieldsV1"));
            }
        });
        assertThat(parts)
                .containsExactly(
                        "Apply status {\"f:status\":{\"f:conditions\":{\"k:{\\\"type\\\":\\\"Custom\\\"}\":{\".\":{},"
                                + "\"f:reason\":{},\"f:status\":{},\"f:type\":{}}}}}");
    }

    @OnBoth
    void managedFieldsCanBeCleared(Server server) {
        String path = server.core("configmaps/a");
        server.api().apply(by(path, "one"), map("k: v")).expect(201);

        Answer cleared =
                server.api().merge(path, "metadata: {managedFields: [{}]}").expect(200);

        assertThat(cleared.at("/metadata").has("managedFields")).isFalse();
        Answer again = server.api().apply(by(path, "two"), map("k: v")).expect(200);
        assertThat(again.at("/metadata/managedFields").findValuesAsText("manager"))
                .contains("two");
    }
}
