package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/// What the controllers make of Deployments on a cluster whose pods are ready at once.
class DeploymentsTest {
    @OnBoth
    void aDeploymentBecomesAvailable(Server server) {
        String path = server.path("apps/v1", "deployments/web");
        server.api()
                .post(
                        server.path("apps/v1", "deployments"),
                        Manifests.deployment("web", "nginx:1").replace("replicas: 1", "replicas: 3"))
                .expect(201);

        JsonNode web = server.await(
                path,
                "it is rolled out",
                body -> Conditions.of(body, "Progressing")
                                .path("reason")
                                .asText()
                                .equals("NewReplicaSetAvailable")
                        && body.at("/status/availableReplicas").asInt() == 3);

        assertThat(web.at("/status/replicas").asInt()).isEqualTo(3);
        assertThat(web.at("/status/readyReplicas").asInt()).isEqualTo(3);
        assertThat(web.at("/status/updatedReplicas").asInt()).isEqualTo(3);
        assertThat(web.at("/status").has("unavailableReplicas")).isFalse();
        assertThat(web.at("/status/observedGeneration").asInt()).isEqualTo(1);
        assertThat(Conditions.all(web))
                .containsExactlyInAnyOrder(
                        "Available True MinimumReplicasAvailable", "Progressing True NewReplicaSetAvailable");
        assertThat(web.at("/metadata/annotations")
                        .path("deployment.kubernetes.io/revision")
                        .asText())
                .isEqualTo("1");
        JsonNode set = server.api().get(server.path("apps/v1", "replicasets")).at("/items/0");
        assertThat(set.at("/metadata/name").asText()).startsWith("web-");
        assertThat(set.at("/metadata/labels/pod-template-hash").asText()).isNotEmpty();
        assertThat(set.at("/metadata/ownerReferences/0/name").asText()).isEqualTo("web");
        assertThat(set.at("/metadata/ownerReferences/0/controller").asBoolean()).isTrue();
        assertThat(set.at("/status/readyReplicas").asInt()).isEqualTo(3);
        JsonNode pods = server.api().get(server.core("pods")).at("/items");
        assertThat(pods).hasSize(3);
        assertThat(pods.at("/0/metadata/name").asText())
                .startsWith(set.at("/metadata/name").asText() + "-");
        assertThat(pods.at("/0/metadata/ownerReferences/0/kind").asText()).isEqualTo("ReplicaSet");
        assertThat(pods.at("/0/spec/nodeName").asText()).isNotEmpty();
        assertThat(pods.at("/0/status/phase").asText()).isEqualTo("Running");
        assertThat(pods.at("/0/status/podIP").asText()).isNotEmpty();
        assertThat(pods.at("/0/status/qosClass").asText()).isEqualTo("BestEffort");
        assertThat(Conditions.is(pods.at("/0"), "Ready", "True")).isTrue();
        assertThat(pods.at("/0/status/containerStatuses/0/ready").asBoolean()).isTrue();
    }

    @OnBoth
    void aNewTemplateReplacesTheOldReplicaSet(Server server) {
        String path = server.path("apps/v1", "deployments/web");
        availableThenOf(server, "nginx:2");

        JsonNode web = server.await(
                path,
                "the new one is rolled out",
                body -> body.at("/status/observedGeneration").asInt() == 2
                        && body.at("/status/updatedReplicas").asInt() == 1
                        && body.at("/status/replicas").asInt() == 1
                        && body.at("/status/availableReplicas").asInt() == 1);
        assertThat(web.at("/metadata/annotations")
                        .path("deployment.kubernetes.io/revision")
                        .asText())
                .isEqualTo("2");
        JsonNode sets = server.await(
                server.path("apps/v1", "replicasets"),
                "the old one is scaled down",
                body -> body.at("/items").size() == 2
                        && body.at("/items/0/spec/replicas").asInt()
                                        + body.at("/items/1/spec/replicas").asInt()
                                == 1);
        assertThat(sets.at("/items").findValuesAsText("image")).containsExactlyInAnyOrder("nginx:1", "nginx:2");
        server.await(
                server.core("pods"),
                "one pod runs the new image",
                pods -> pods.at("/items").size() == 1
                        && pods.at("/items/0/spec/containers/0/image").asText().equals("nginx:2"));
    }

    @OnBoth
    void anImageThatNeverComesKeepsTheOldOneServing(Server server) {
        String path = server.path("apps/v1", "deployments/web");
        availableThenOf(server, "never-ready:2");

        JsonNode web = server.await(
                path,
                "the new one does not come up",
                body -> body.at("/status/observedGeneration").asInt() == 2
                        && body.at("/status/updatedReplicas").asInt() == 1
                        && body.at("/status/replicas").asInt() == 2);
        assertThat(web.at("/status/availableReplicas").asInt()).isEqualTo(1);
        assertThat(web.at("/status/unavailableReplicas").asInt()).isEqualTo(1);
        assertThat(Conditions.is(web, "Available", "True")).isTrue();
        assertThat(Conditions.of(web, "Progressing").path("reason").asText())
                .isIn("ReplicaSetUpdated", "NewReplicaSetCreated");
    }

    @OnBoth
    void aPausedDeploymentIsNotRolledOut(Server server) {
        String path = server.path("apps/v1", "deployments/web");
        server.api()
                .post(
                        server.path("apps/v1", "deployments"),
                        Manifests.deployment("web", "nginx:1").replace("replicas: 1", "paused: true, replicas: 1"))
                .expect(201);

        JsonNode web = server.await(
                path,
                "it is seen",
                body -> body.at("/status/observedGeneration").asInt() == 1);

        assertThat(web.at("/status/replicas").asInt()).isZero();
        assertThat(server.api().get(server.path("apps/v1", "replicasets")).names())
                .isEmpty();
        server.api().merge(path, "spec: {paused: null}").expect(200);
        server.await(
                path,
                "it is rolled out",
                body -> body.at("/status/availableReplicas").asInt() == 1);
    }

    /// A Deployment that is available, whose template then names another image.
    private static void availableThenOf(Server server, String image) {
        String path = server.path("apps/v1", "deployments/web");
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("web", "nginx:1"))
                .expect(201);
        server.await(
                path,
                "it is available",
                body -> body.at("/status/availableReplicas").asInt() == 1);
        server.api()
                .strategic(path, "spec: {template: {spec: {containers: [{name: main, image: \"" + image + "\"}]}}}")
                .expect(200);
    }
}
