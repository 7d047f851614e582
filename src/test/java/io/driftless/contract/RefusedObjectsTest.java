package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Objects that are refused: names, bodies, fields, stale writers.
class RefusedObjectsTest {
    @OnBoth
    void aNameIsTakenOnce(Server server) {
        server.api().post(server.core("configmaps"), "metadata: {name: a}").expect(201);

        Answer again = server.api()
                .post(server.core("configmaps"), "metadata: {name: a}")
                .refused(409, "AlreadyExists");

        assertThat(again.message()).isEqualTo("configmaps \"a\" already exists");
    }

    @OnBoth
    void aNamespaceMustExistAndBeTheOneOfThePath(Server server) {
        Answer missing = server.api()
                .post("/api/v1/namespaces/not-there/configmaps", "metadata: {name: a}")
                .refused(404, "NotFound");
        assertThat(missing.message()).isEqualTo("namespaces \"not-there\" not found");

        Answer other = server.api()
                .post(server.core("configmaps"), "metadata: {name: a, namespace: other}")
                .refused(400, "BadRequest");
        assertThat(other.message()).contains("the namespace of the provided object does not match");
    }

    @OnBoth
    void aNameHasToBeAName(Server server) {
        Answer bad = server.api()
                .post(server.core("configmaps"), "metadata: {name: Not_A_Name}")
                .refused(422, "Invalid");

        assertThat(bad.message()).startsWith("ConfigMap \"Not_A_Name\" is invalid: metadata.name: Invalid value");
        assertThat(bad.text("/details/causes/0/field")).isEqualTo("metadata.name");
        assertThat(bad.text("/details/causes/0/reason")).isEqualTo("FieldValueInvalid");
        server.api().post(server.core("configmaps"), "data: {a: b}").refused(422, "Invalid");
    }

    @OnBoth
    void aBodyOfAnotherKindIsRefused(Server server) {
        server.api()
                .post(server.core("configmaps"), "{apiVersion: v1, kind: Secret, metadata: {name: a}}")
                .refused(400, "BadRequest");
        server.api()
                .send("POST", server.core("configmaps"), "application/json", "{\"metadata\":")
                .refused(400, "BadRequest");
    }

    @OnBoth
    void unknownFieldsAreRefusedReportedOrPassedOverAsAsked(Server server) {
        String deployment = Manifests.deployment("a", "nginx:1").replace("replicas: 1", "replicas: 1, replica: 3");
        String path = server.path("apps/v1", "deployments");

        Answer strict =
                server.api().post(path + "?fieldValidation=Strict", deployment).refused(400, "BadRequest");
        assertThat(strict.message()).contains("strict decoding error: unknown field \"spec.replica\"");
        Answer warned = server.api()
                .post(path + "?fieldValidation=Warn&dryRun=All", deployment)
                .expect(201);
        assertThat(warned.header("Warning")).isEqualTo("299 - \"unknown field \\\"spec.replica\\\"\"");
        assertThat(warned.at("/spec").has("replica")).isFalse();
        Answer ignored =
                server.api().post(path + "?fieldValidation=Ignore", deployment).expect(201);
        assertThat(ignored.headers().firstValue("Warning")).isEmpty();
    }

    @OnBoth
    void whatAKindRequiresIsNamed(Server server) {
        Answer bad =
                server.api().post(server.path("apps/v1", "deployments"), """
                        metadata: {name: a}
                        spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c}]}}}
                        """).refused(422, "Invalid");

        assertThat(bad.at("/details/causes").findValuesAsText("field"))
                .contains("spec.selector", "spec.template.spec.containers[0].image");
        server.api()
                .post(server.core("services"), "{metadata: {name: a}, spec: {ports: [{port: 70000}]}}")
                .refused(422, "Invalid");
    }

    @OnBoth
    void someFieldsNeverChange(Server server) {
        String path = server.path("apps/v1", "deployments");
        server.api().post(path, Manifests.deployment("a", "nginx:1")).expect(201);
        Answer selector = server.api().merge(path + "/a", """
                        spec: {selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: b}}}}
                        """).refused(422, "Invalid");
        assertThat(selector.message()).contains("field is immutable");

        String maps = server.core("configmaps");
        server.api()
                .post(maps, "{metadata: {name: a}, immutable: true, data: {k: v}}")
                .expect(201);
        server.api().merge(maps + "/a", "data: {k: w}").refused(422, "Invalid");
        server.api().merge(maps + "/a", "immutable: false").refused(422, "Invalid");
        server.api().merge(maps + "/a", "metadata: {labels: {l: w}}").expect(200);
    }

    @OnBoth
    void aStaleWriterIsRefused(Server server) {
        String path = server.core("configmaps/a");
        ObjectNode first = (ObjectNode) server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201)
                .body();
        server.api().merge(path, "data: {k: w}").expect(200);

        first.withObject("/data").put("k", "x");
        Answer stale = server.api().put(path, first).refused(409, "Conflict");

        assertThat(stale.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply"
                                + " your changes to the latest version and try again");
        server.api()
                .merge(
                        path,
                        "{metadata: {resourceVersion: \""
                                + first.at("/metadata/resourceVersion").asText() + "\"}, data: {k: x}}")
                .refused(409, "Conflict");
        first.withObject("/metadata").remove("resourceVersion");
        assertThat(server.api().put(path, first).expect(200).text("/data/k")).isEqualTo("x");
    }

    @OnBoth
    void anotherObjectOfTheSameNameIsNotReplaced(Server server) {
        String path = server.core("configmaps/a");
        server.api().post(server.core("configmaps"), "metadata: {name: a}").expect(201);

        Answer other = server.api()
                .put(path, "metadata: {name: a, uid: 11111111-2222-3333-4444-555555555555}")
                .refused(409, "Conflict");

        assertThat(other.message()).contains("UID in precondition: 11111111-2222-3333-4444-555555555555");
        server.api().put(server.core("configmaps/b"), "metadata: {name: b}").refused(404, "NotFound");
        server.api().put(path, "metadata: {name: c}").refused(400, "BadRequest");
    }

    @OnBoth
    void whatIsNotAcceptableOrSupportedIsSaid(Server server) {
        server.api().with("Accept", "text/csv").get(server.core("configmaps")).refused(406, "NotAcceptable");
        server.api().send("POST", server.core("configmaps"), "text/csv", "a,b").refused(415, "UnsupportedMediaType");
        server.api()
                .send("PATCH", server.core("configmaps/a"), "text/csv", "a,b")
                .refused(415, "UnsupportedMediaType");
        server.api()
                .send("PUT", server.core("configmaps"), "application/json", "{}")
                .refused(405, "MethodNotAllowed");
    }
}
