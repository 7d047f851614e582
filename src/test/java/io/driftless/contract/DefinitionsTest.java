package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// Definitions themselves, and what objects of their kinds have to say.
class DefinitionsTest {
    @OnBoth
    void whatADefinitionLacksIsNamed(Server server) {
        Answer refused = server.api()
                .post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "{metadata: {name: x}, spec: {}}")
                .refused(422, "Invalid");

        assertThat(refused.at("/details/causes").findValuesAsText("field"))
                .contains("metadata.name", "spec.scope", "spec.versions", "spec.names.plural", "spec.names.kind");
    }

    @OnBoth
    void aServedKindKeepsItsNameAndScope(Server server) {
        String plural = Crds.define(server, "moved", "");
        String path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + "." + Crds.GROUP;

        for (String[] change : new String[][] {
            {"spec: {scope: Cluster}", "spec.scope: Invalid value: \"Cluster\": field is immutable"},
            {"spec: {group: other.io}", "spec.group: Invalid value: \"other.io\": field is immutable"},
            {"spec: {names: {kind: Other}}", "spec.names.kind: Invalid value: \"Other\": field is immutable"}
        }) {
            assertThat(server.api()
                            .merge(path, change[0])
                            .refused(422, "Invalid")
                            .message())
                    .contains(change[1]);
        }
    }

    @OnBoth
    void anObjectSaysWhatItIs(Server server) {
        String plural = Crds.define(server, "named", "");
        String path = server.path(Crds.GROUP + "/v1", plural);
        String object = Crds.object(plural, "a", "{size: 1}");

        Answer version = server.api()
                .post(path, object.replace("apiVersion: " + Crds.GROUP + "/v1, ", ""))
                .refused(400, "BadRequest");
        assertThat(version.message())
                .isEqualTo("the API version in the data () does not match the expected API version (" + Crds.GROUP
                        + "/v1)");
        Answer kind = server.api()
                .post(path, object.replace("kind: " + Crds.kind(plural) + ", ", ""))
                .refused(400, "BadRequest");
        assertThat(kind.message()).contains("Object 'Kind' is missing");
        Answer label = server.api()
                .post(path, object.replace("name: a", "name: a, labels: {k: 5}"))
                .refused(400, "BadRequest");
        assertThat(label.message())
                .contains("json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string");
    }

    @OnBoth
    void aFinalizerIsFullyQualifiedOnBuiltInKindsAlone(Server server) {
        String plural = Crds.define(server, "held", "");
        String held = "name: a, finalizers: [finalizer.example.com]";

        server.api()
                .post(
                        server.path(Crds.GROUP + "/v1", plural),
                        Crds.object(plural, "a", "{size: 1}").replace("name: a", held))
                .expect(201);
        server.api().post(server.core("configmaps"), "metadata: {" + held + "}").refused(422, "Invalid");
        server.api()
                .merge(server.path(Crds.GROUP + "/v1", plural + "/a"), "metadata: {finalizers: null}")
                .expect(200);
    }

    @OnBoth
    void objectsOfDefinedKindsAreNotPatchedStrategically(Server server) {
        String plural = Crds.define(server, "plain", "");
        String path = server.path(Crds.GROUP + "/v1", plural);
        server.api().post(path, Crds.object(plural, "a", "{size: 1}")).expect(201);

        Answer refused = server.api().strategic(path + "/a", "spec: {size: 2}").refused(415, "UnsupportedMediaType");

        assertThat(refused.message()).contains("application/json-patch+json, application/merge-patch+json");
        server.api().merge(path + "/a", "spec: {size: 2}").expect(200);
        server.api().get(path + "?fieldSelector=spec.size%3D2").refused(400, "BadRequest");
    }

    @OnBoth
    void aScaleIsAWholeNumberThatIsNotNegative(Server server) {
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("a", "nginx:1"))
                .expect(201);

        Answer refused = server.api()
                .merge(server.path("apps/v1", "deployments/a/scale"), "spec: {replicas: -3}")
                .refused(422, "Invalid");

        assertThat(refused.message())
                .isEqualTo(
                        "Scale.autoscaling \"a\" is invalid: spec.replicas: Invalid value: -3: must be greater than or"
                                + " equal to 0");
    }

    @OnBoth
    void whoWasThereBeforeTheFirstApplyIsKnown(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201);
        server.api().merge(path, "metadata: {managedFields: [{}]}").expect(200);

        Answer applied = server.api()
                .apply(
                        path + "?fieldManager=one",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {other: v}}")
                .expect(200);

        assertThat(applied.at("/metadata/managedFields").findValuesAsText("manager"))
                .containsExactlyInAnyOrder("one", "before-first-apply");
    }
}
