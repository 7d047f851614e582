package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/// What becomes of what stands beside workloads: services, claims, budgets, and a pod that finds no place.
class NeighboursTest {
    @OnBoth
    void aServiceKnowsItsPods(Server server) {
        server.api()
                .post(
                        server.core("services"),
                        "{metadata: {name: web}, spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}}")
                .expect(201);
        server.api()
                .post(
                        server.path("apps/v1", "deployments"),
                        Manifests.deployment("web", "nginx:1").replace("replicas: 1", "replicas: 2"))
                .expect(201);
        String slices =
                server.path("discovery.k8s.io/v1", "endpointslices") + "?labelSelector=kubernetes.io/service-name=web";

        JsonNode list = server.await(
                slices,
                "two are ready",
                body -> body.at("/items/0/endpoints").size() == 2
                        && body.at("/items/0/endpoints/0/conditions/ready").asBoolean()
                        && body.at("/items/0/endpoints/1/conditions/ready").asBoolean());

        assertThat(list.at("/items/0/addressType").asText()).isEqualTo("IPv4");
        assertThat(list.at("/items/0/ports/0/name").asText()).isEqualTo("http");
        assertThat(list.at("/items/0/ports/0/port").asInt()).isEqualTo(8080);
        assertThat(list.at("/items/0/endpoints/0/targetRef/kind").asText()).isEqualTo("Pod");
        assertThat(list.at("/items/0/metadata/ownerReferences/0/name").asText()).isEqualTo("web");
        JsonNode endpoints = server.await(
                server.core("endpoints/web"),
                "so they are in the old form",
                body -> body.at("/subsets/0/addresses").size() == 2);
        assertThat(endpoints.at("/subsets/0/ports/0/port").asInt()).isEqualTo(8080);
        server.api().delete(server.core("services/web")).expect(200);
        server.await(slices, "they go with it", body -> body.at("/items").isEmpty());
    }

    @OnBoth
    void aClaimWaitsForAVolumeAndIsBoundToIt(Server server) {
        String claim = server.core("persistentvolumeclaims/a");
        server.api()
                .post(
                        server.core("persistentvolumeclaims"),
                        "{metadata: {name: a}, spec: {storageClassName: \"\", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}")
                .expect(201);
        server.await(
                claim,
                "it is pending",
                body -> body.at("/status/phase").asText().equals("Pending"));
        String volume = "pv-" + server.namespace();

        server.api()
                .post(
                        "/api/v1/persistentvolumes",
                        "{metadata: {name: " + volume
                                + "}, spec: {capacity: {storage: 2Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /tmp/a}, claimRef: {namespace: "
                                + server.namespace() + ", name: a}}}")
                .expect(201);

        JsonNode bound = server.await(
                claim, "it is bound", body -> body.at("/status/phase").asText().equals("Bound"));
        assertThat(bound.at("/spec/volumeName").asText()).isEqualTo(volume);
        assertThat(bound.at("/status/capacity/storage").asText()).isEqualTo("2Gi");
        server.await(
                "/api/v1/persistentvolumes/" + volume,
                "so is the volume",
                body -> body.at("/status/phase").asText().equals("Bound"));
        assertThat(bound.at("/metadata/finalizers").toString()).contains("kubernetes.io/pvc-protection");
    }

    @OnBoth
    void aDisruptionBudgetCountsItsPods(Server server) {
        server.api()
                .post(
                        server.path("apps/v1", "deployments"),
                        Manifests.deployment("web", "nginx:1").replace("replicas: 1", "replicas: 3"))
                .expect(201);
        server.make("policy/v1", "poddisruptionbudgets", "web", "minAvailable: 2, selector: {matchLabels: {app: web}}");

        JsonNode budget = server.await(
                server.path("policy/v1", "poddisruptionbudgets/web"),
                "one may go",
                body -> body.at("/status/disruptionsAllowed").asInt() == 1
                        && body.at("/status/currentHealthy").asInt() == 3);

        assertThat(budget.at("/status/desiredHealthy").asInt()).isEqualTo(2);
        assertThat(budget.at("/status/expectedPods").asInt()).isEqualTo(3);
        assertThat(Conditions.is(budget, "DisruptionAllowed", "True")).isTrue();
    }

    @OnBoth
    void aPodThatFitsNowhereSaysSo(Server server) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: a}, spec: {nodeSelector: {no: such}, containers: [{name: c, image: i}]}}")
                .expect(201);

        JsonNode pod = server.await(
                server.core("pods/a"), "it is unschedulable", body -> Conditions.is(body, "PodScheduled", "False"));

        assertThat(pod.at("/status/phase").asText()).isEqualTo("Pending");
        assertThat(Conditions.of(pod, "PodScheduled").path("reason").asText()).isEqualTo("Unschedulable");
    }
}
