package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Status and scale are parts of an object that are written by themselves.
class SubresourcesTest {
    private static String quiet(String name) {
        return Manifests.deployment(name, "nginx:1").replace("replicas: 1", "replicas: 0");
    }

    @OnBoth
    void statusIsWrittenByItself(Server server) {
        String plural = Crds.define(
                server,
                "statuses",
                "type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}, status: {type: object, properties: {seen: {type: integer}}}}",
                "subresources: {status: {}}");
        String path = server.path(Crds.GROUP + "/v1", plural);
        Answer made = server.api()
                .post(path, Crds.object(plural, "a", "{size: 1}, status: {seen: 7}"))
                .expect(201);
        assertThat(made.body().has("status"))
                .as("a new object has no status yet")
                .isFalse();
        assertThat(made.at("/metadata/generation").asInt()).isEqualTo(1);

        ObjectNode both = made.body().deepCopy();
        both.withObject("/spec").put("size", 2);
        both.putObject("status").put("seen", 1);
        Answer status = server.api().put(path + "/a/status", both).expect(200);
        assertThat(status.at("/spec/size").asInt()).isEqualTo(1);
        assertThat(status.at("/status/seen").asInt()).isEqualTo(1);
        assertThat(status.at("/metadata/generation").asInt()).isEqualTo(1);

        Answer main = server.api()
                .merge(path + "/a", "{spec: {size: 3}, status: {seen: 9}}")
                .expect(200);
        assertThat(main.at("/spec/size").asInt()).isEqualTo(3);
        assertThat(main.at("/status/seen").asInt()).isEqualTo(1);
        assertThat(main.at("/metadata/generation").asInt()).isEqualTo(2);
        Answer patched =
                server.api().merge(path + "/a/status", "{status: {seen: 4}}").expect(200);
        assertThat(patched.at("/status/seen").asInt()).isEqualTo(4);
        assertThat(server.api().get(path + "/a/status").body()).isEqualTo(patched.body());
        server.api().merge(path + "/a/scale", "{}").expect(404);
    }

    @OnBoth
    void withoutTheSubresourceStatusIsAFieldLikeOthers(Server server) {
        String plural = Crds.define(
                server,
                "plains",
                "type: object, properties: {spec: {type: object}, status: {type: object, properties: {seen: {type: integer}}}}",
                "");
        String path = server.path(Crds.GROUP + "/v1", plural);

        Answer made = server.api()
                .post(path, Crds.object(plural, "a", "{}, status: {seen: 7}"))
                .expect(201);

        assertThat(made.at("/status/seen").asInt()).isEqualTo(7);
        server.api().merge(path + "/a/status", "{status: {seen: 8}}").expect(404);
    }

    @OnBoth
    void statusOfABuiltInKindIsPatched(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        Answer made = server.api()
                .post(server.path("apps/v1", "deployments"), quiet("a") + "status: {replicas: 9}\n")
                .expect(201);
        assertThat(made.at("/status/replicas").asInt()).isZero();

        Answer patched = server.api()
                .strategic(path + "/status", "status: {conditions: [{type: Mine, status: \"True\"}]}")
                .expect(200);

        assertThat(Conditions.is(patched.body(), "Mine", "True")).isTrue();
        assertThat(patched.at("/metadata/managedFields").toString()).contains("\"subresource\":\"status\"");
    }

    @OnBoth
    void scaleIsReadAndWritten(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        server.api().post(server.path("apps/v1", "deployments"), quiet("a")).expect(201);

        Answer scale = server.api().get(path + "/scale").expect(200);
        assertThat(scale.text("/kind")).isEqualTo("Scale");
        assertThat(scale.text("/apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(scale.text("/metadata/name")).isEqualTo("a");
        assertThat(scale.at("/spec").has("replicas")).as("nought is left out").isFalse();
        assertThat(scale.text("/status/selector")).isEqualTo("app=a");

        ObjectNode wished = scale.body().deepCopy();
        wished.withObject("/metadata").remove("resourceVersion");
        wished.withObject("/spec").put("replicas", 2);
        assertThat(server.api()
                        .put(path + "/scale", wished)
                        .expect(200)
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(2);
        server.await(
                path,
                "two are available",
                body -> body.at("/status/availableReplicas").asInt() == 2);
        Answer patched =
                server.api().merge(path + "/scale", "spec: {replicas: 1}").expect(200);
        assertThat(patched.at("/spec/replicas").asInt()).isEqualTo(1);
        Answer deployment = server.api().get(path);
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(deployment.at("/metadata/generation").asInt()).isEqualTo(3);
        assertThat(deployment.at("/metadata/managedFields").toString()).contains("\"subresource\":\"scale\"");

        wished.withObject("/metadata").put("resourceVersion", scale.version());
        server.api().put(path + "/scale", wished).refused(409, "Conflict");
        wished.withObject("/metadata").remove("resourceVersion");
        wished.withObject("/spec").put("replicas", -1);
        server.api().put(path + "/scale", wished).refused(422, "Invalid");
    }

    @OnBoth
    void aDefinedKindIsScaledByThePathsOfItsDefinition(Server server) {
        String plural = Crds.define(
                server,
                "scaleds",
                "type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}, status: {type: object, properties: {size: {type: integer}, labels: {type: string}}}}",
                "subresources: {status: {}, scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size, labelSelectorPath: .status.labels}}");
        String path = server.path(Crds.GROUP + "/v1", plural);
        server.api().post(path, Crds.object(plural, "a", "{size: 3}")).expect(201);
        server.api()
                .merge(path + "/a/status", "status: {size: 2, labels: app=a}")
                .expect(200);

        Answer scale = server.api().get(path + "/a/scale").expect(200);
        assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(scale.at("/status/replicas").asInt()).isEqualTo(2);
        assertThat(scale.text("/status/selector")).isEqualTo("app=a");

        server.api().merge(path + "/a/scale", "spec: {replicas: 5}").expect(200);
        assertThat(server.api().get(path + "/a").at("/spec/size").asInt()).isEqualTo(5);
    }
}
