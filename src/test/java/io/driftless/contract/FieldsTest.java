package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// Fields that a kind does not have, that are there twice, and values of another type.
class FieldsTest {
    private static final String STRICT = "?fieldValidation=Strict";

    private static String odd() {
        return Manifests.deployment("a", "nginx:1").replace("replicas: 1", "replicas: 1, replica: 3")
                + "surplus: {deep: 1}\n";
    }

    @OnBoth
    void allFieldsThatAKindDoesNotHaveAreNamedAtOnce(Server server) {
        String path = server.path("apps/v1", "deployments");

        Answer refused = server.api().post(path + STRICT, odd()).refused(400, "BadRequest");

        assertThat(refused.message())
                .startsWith("Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: ")
                .contains("unknown field \"spec.replica\"", "unknown field \"surplus\"");
        server.api().get(path + "/a").refused(404, "NotFound");
    }

    @OnBoth
    void whereNothingIsAskedForThereIsAWarningForEach(Server server) {
        String path = server.path("apps/v1", "deployments");

        Answer made = server.api().post(path, odd()).expect(201);

        assertThat(made.headers().allValues("Warning"))
                .containsExactlyInAnyOrder(
                        "299 - \"unknown field \\\"spec.replica\\\"\"", "299 - \"unknown field \\\"surplus\\\"\"");
        assertThat(made.body().has("surplus")).isFalse();
        assertThat(server.api().get(path + "/a").at("/spec").has("replica")).isFalse();
    }

    @OnBoth
    void updatesAndPatchesAreReadAsStrictly(Server server) {
        String path = server.path("apps/v1", "deployments");
        Answer made =
                server.api().post(path, Manifests.deployment("a", "nginx:1")).expect(201);

        server.api().put(path + "/a" + STRICT, odd()).refused(400, "BadRequest");
        Answer merge =
                server.api().merge(path + "/a" + STRICT, "spec: {replica: 3}").refused(422, "Invalid");
        Answer strategic = server.api()
                .strategic(path + "/a" + STRICT, "spec: {replica: 3}")
                .refused(422, "Invalid");
        Answer json = server.api()
                .operations(path + "/a" + STRICT, "[{op: add, path: /spec/replica, value: 3}]")
                .refused(422, "Invalid");

        for (Answer answer : new Answer[] {merge, strategic, json}) {
            assertThat(answer.message())
                    .startsWith(" \"\" is invalid: patch: Invalid value: ")
                    .endsWith("strict decoding error: unknown field \"spec.replica\"");
            assertThat(answer.text("/details/causes/0/field")).isEqualTo("patch");
        }
        assertThat(server.api().get(path + "/a").at("/spec")).isEqualTo(made.at("/spec"));
        Answer warned = server.api()
                .merge(path + "/a", "spec: {replica: 3, paused: true}")
                .expect(200);
        assertThat(warned.header("Warning")).contains("spec.replica");
        assertThat(warned.at("/spec/paused").asBoolean()).isTrue();
    }

    @OnBoth
    void anUnknownWishIsRefused(Server server) {
        Answer refused = server.api()
                .post(server.core("configmaps") + "?fieldValidation=Maybe", "metadata: {name: a}")
                .refused(422, "Invalid");

        assertThat(refused.message())
                .isEqualTo("CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value: \"Maybe\":"
                        + " supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
    }

    @OnBoth
    void aFieldThatIsThereTwiceIsReported(Server server) {
        String maps = server.core("configmaps");
        String twice = "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": \"1\", \"k\": \"2\"}}";

        Answer strict = server.api()
                .send("POST", maps + STRICT, "application/json", twice)
                .refused(400, "BadRequest");
        assertThat(strict.message()).endsWith("strict decoding error: duplicate field \"data.k\"");
        Answer warned =
                server.api().send("POST", maps, "application/json", twice).expect(201);
        assertThat(warned.header("Warning")).isEqualTo("299 - \"duplicate field \\\"data.k\\\"\"");
        assertThat(warned.text("/data/k")).isEqualTo("2");
    }

    @OnBoth
    void aValueOfAnotherTypeIsRefusedWithItsField(Server server) {
        String deployments = server.path("apps/v1", "deployments");
        String maps = server.core("configmaps");
        String pods = server.core("pods");

        refused(
                server.api()
                        .post(deployments, Manifests.deployment("a", "x").replace("replicas: 1", "replicas: \"1\"")),
                "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32");
        refused(
                server.api()
                        .post(deployments, Manifests.deployment("a", "x").replace("replicas: 1", "paused: \"yes\"")),
                "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool");
        refused(
                server.api().post(maps, "{metadata: {name: a}, data: {k: 1}}"),
                "json: cannot unmarshal number into Go struct field ConfigMap.data of type string");
        refused(
                server.api().post(maps, "{metadata: {name: a, labels: {k: true}}}"),
                "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string");
        refused(
                server.api().post(maps, "{metadata: {name: a}, binaryData: {k: '%%'}}"),
                "illegal base64 data at input byte 0");
        refused(
                server.api().post(pods, "{metadata: {name: a}, spec: {containers: {name: a}}}"),
                "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container");
        refused(
                server.api()
                        .post(
                                pods,
                                "{metadata: {name: a}, spec: {containers: [{name: a, image: b, resources: {limits:"
                                        + " {cpu: much}}}]}}"),
                "quantities must match the regular expression");
    }

    private static void refused(Answer answer, String why) {
        assertThat(answer.refused(400, "BadRequest").message()).contains("cannot be handled as a", why);
    }

    @OnBoth
    void whatIsNullIsNotThere(Server server) {
        Answer made = server.api()
                .post(
                        server.core("configmaps"),
                        "{metadata: {name: a, labels: null}, data: {k: null}, immutable: null}")
                .expect(201);

        assertThat(made.text("/data/k")).isEmpty();
        assertThat(made.at("/data").has("k")).isTrue();
        assertThat(made.body().has("immutable")).isFalse();
        assertThat(made.at("/metadata").has("labels")).isFalse();
    }

    @OnBoth
    void anApplyOfWhatIsNoneOfItsKindSaysEverythingThatIsNot(Server server) {
        String path = server.path("apps/v1", "deployments") + "/a?force=true&fieldValidation=Ignore&fieldManager=one";
        String head = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: ";

        typed(server.api().apply(path, head + "{replica: 3}}"), ".spec.replica: field not declared in schema");
        typed(server.api().apply(path, head + "{paused: 1}}"), ".spec.paused: expected boolean, got &{1}");
        typed(
                server.api().apply(path, head + "{replicas: \"3\"}}"),
                ".spec.replicas: expected numeric (int or float), got string");
        typed(
                server.api().apply(path, head + "{template: {spec: {containers: {a: b}}}}}"),
                ".spec.template.spec.containers: expected list, got &{map[a:b]}");
        typed(
                server.api().apply(path, head + "{template: {spec: {containers: [{name: b, image: 5}, {name: b}]}}}}"),
                ".spec.template.spec.containers[name=\"b\"].image: expected string, got"
                        + " &value.valueUnstructured{Value:5}",
                ".spec.template.spec.containers: duplicate entries for key [name=\"b\"]");
    }

    private static void typed(Answer answer, String... misfits) {
        assertThat(answer.code()).as(answer.raw()).isEqualTo(500);
        assertThat(answer.message())
                .contains("failed to create typed patch object (")
                .contains(misfits);
    }

    @OnBoth
    void anItemThatNothingTellsApartIsRefused(Server server) {
        String path = server.path("apps/v1", "deployments");
        server.api().post(path, Manifests.deployment("a", "nginx:1")).expect(201);
        String items = "spec: {template: {spec: {containers: [{image: b}]}}}\n";

        Answer applied = server.api()
                .apply(
                        path + "/a?fieldManager=one",
                        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n" + items)
                .refused(422, "Invalid");
        assertThat(applied.message()).contains("].name: Required value");
        Answer patched = server.api().strategic(path + "/a", items);
        assertThat(patched.code()).as(patched.raw()).isEqualTo(500);
        assertThat(patched.message()).isEqualTo("map: map[image:b] does not contain declared merge key: name");
    }

    @OnBoth
    void anApplyOfAnotherKindIsRefused(Server server) {
        String path = server.core("configmaps/a?fieldManager=one");

        for (String[] kind : new String[][] {
            {"{apiVersion: v1, kind: Secret, metadata: {name: a}}", "/v1, Kind=Secret"},
            {"{apiVersion: apps/v1, kind: ConfigMap, metadata: {name: a}}", "apps/v1, Kind=ConfigMap"},
            {"{kind: ConfigMap, metadata: {name: a}}", "/, Kind=ConfigMap"}
        }) {
            Answer refused = server.api().apply(path, kind[0]).refused(400, "BadRequest");
            assertThat(refused.message()).isEqualTo("invalid object type: " + kind[1]);
        }
    }

    @OnBoth
    void keysThatATextInYamlSetsTwiceAreToldWithTheirLines(Server server) {
        String text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n";
        String line = "line 5: key \"name\" already set in map";

        Answer strict = server.api()
                .send("POST", server.core("configmaps?fieldValidation=Strict"), "application/yaml", text)
                .refused(400, "BadRequest");
        Answer applied = server.api()
                .send(
                        "PATCH",
                        server.core("configmaps/b?fieldManager=one&fieldValidation=Strict"),
                        "application/apply-patch+yaml",
                        text)
                .refused(400, "BadRequest");
        Answer warned = server.api()
                .send("POST", server.core("configmaps"), "application/yaml", text)
                .expect(201);

        assertThat(strict.message()).endsWith(": strict decoding error: yaml: unmarshal errors:\n  " + line);
        assertThat(applied.message())
                .isEqualTo("error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  "
                        + line);
        assertThat(warned.headers().allValues("Warning"))
                .containsExactly("299 - \"" + line.replace("\"", "\\\"") + "\"");
        assertThat(warned.text("/metadata/name")).isEqualTo("b");
    }
}
