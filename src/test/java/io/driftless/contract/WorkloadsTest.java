package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What the controllers make of workloads on a cluster whose pods are ready at once.
class WorkloadsTest {
    private static final String TEMPLATE =
            "template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: \"nginx:1\"}]}}";

    private static List<String> conditions(JsonNode object) {
        List<String> conditions = new ArrayList<>();
        object.at("/status/conditions")
                .forEach(condition -> conditions.add(String.join(
                        " ",
                        condition.path("type").asText(),
                        condition.path("status").asText(),
                        condition.path("reason").asText())));
        return conditions;
    }

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
        assertThat(conditions(web))
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
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("web", "nginx:1"))
                .expect(201);
        server.await(
                path,
                "it is available",
                body -> body.at("/status/availableReplicas").asInt() == 1);

        server.api()
                .strategic(path, "spec: {template: {spec: {containers: [{name: main, image: \"nginx:2\"}]}}}")
                .expect(200);

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
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("web", "nginx:1"))
                .expect(201);
        server.await(
                path,
                "it is available",
                body -> body.at("/status/availableReplicas").asInt() == 1);

        server.api()
                .strategic(path, "spec: {template: {spec: {containers: [{name: main, image: \"never-ready:2\"}]}}}")
                .expect(200);

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

    @OnBoth
    void aReplicaSetAloneKeepsItsCount(Server server) {
        server.api()
                .post(
                        server.path("apps/v1", "replicasets"),
                        "{metadata: {name: a}, spec: {replicas: 2, selector: {matchLabels: {app: a}}, " + TEMPLATE
                                + "}}")
                .expect(201);
        server.await(
                server.path("apps/v1", "replicasets/a"),
                "two are available",
                body -> body.at("/status/availableReplicas").asInt() == 2);
        String pod = server.api().get(server.core("pods")).names().getFirst();

        server.api().delete(server.core("pods/" + pod)).expect(200);

        server.await(
                server.core("pods"),
                "another takes its place",
                body -> body.at("/items").size() == 2
                        && !body.at("/items").toString().contains("\"name\":\"" + pod + "\"")
                        && body.at("/items/0/status/phase").asText().equals("Running"));
    }

    @OnBoth
    void aStatefulSetNumbersItsPods(Server server) {
        String path = server.path("apps/v1", "statefulsets/a");
        server.api()
                .post(
                        server.path("apps/v1", "statefulsets"),
                        "{metadata: {name: a}, spec: {replicas: 2, serviceName: a, selector: {matchLabels: {app: a}}, "
                                + TEMPLATE + "}}")
                .expect(201);

        JsonNode set = server.await(
                path,
                "both are ready",
                body -> body.at("/status/readyReplicas").asInt() == 2
                        && body.at("/status/updateRevision")
                                .asText()
                                .equals(body.at("/status/currentRevision").asText()));

        assertThat(set.at("/status/replicas").asInt()).isEqualTo(2);
        assertThat(set.at("/status/currentReplicas").asInt()).isEqualTo(2);
        assertThat(set.at("/status/availableReplicas").asInt()).isEqualTo(2);
        assertThat(set.at("/status/currentRevision").asText()).startsWith("a-");
        assertThat(set.at("/status/collisionCount").asInt(7)).isZero();
        assertThat(server.api().get(server.core("pods")).names()).containsExactly("a-0", "a-1");
        assertThat(server.api()
                        .get(server.core("pods/a-0"))
                        .at("/metadata/labels")
                        .path("statefulset.kubernetes.io/pod-name")
                        .asText())
                .isEqualTo("a-0");
        server.api().merge(path, "spec: {replicas: 1}").expect(200);
        server.await(
                server.core("pods"),
                "the last one goes first",
                body -> body.at("/items").size() == 1
                        && body.at("/items/0/metadata/name").asText().equals("a-0"));
        server.api()
                .strategic(path, "spec: {template: {spec: {containers: [{name: c, image: \"nginx:2\"}]}}}")
                .expect(200);
        server.await(
                path,
                "it is updated",
                body -> body.at("/status/observedGeneration").asInt() == 3
                        && body.at("/status/updatedReplicas").asInt() == 1
                        && body.at("/status/readyReplicas").asInt() == 1
                        && body.at("/status/currentRevision")
                                .asText()
                                .equals(body.at("/status/updateRevision").asText()));
    }

    @OnBoth
    void aDaemonSetRunsOnEveryNode(Server server) {
        String path = server.path("apps/v1", "daemonsets/a");
        int nodes = server.api().get("/api/v1/nodes").names().size();
        assertThat(nodes).isPositive();
        server.api()
                .post(
                        server.path("apps/v1", "daemonsets"),
                        "{metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, " + TEMPLATE + "}}")
                .expect(201);

        JsonNode set = server.await(
                path,
                "it is available",
                body -> body.at("/status/numberAvailable").asInt() == nodes);

        assertThat(set.at("/status/desiredNumberScheduled").asInt()).isEqualTo(nodes);
        assertThat(set.at("/status/currentNumberScheduled").asInt()).isEqualTo(nodes);
        assertThat(set.at("/status/numberReady").asInt()).isEqualTo(nodes);
        assertThat(set.at("/status/updatedNumberScheduled").asInt()).isEqualTo(nodes);
        assertThat(set.at("/status/numberMisscheduled").asInt(7)).isZero();
        assertThat(set.at("/status/observedGeneration").asInt()).isEqualTo(1);
    }

    @OnBoth
    void aJobCompletes(Server server) {
        String path = server.path("batch/v1", "jobs/a");
        server.api()
                .post(
                        server.path("batch/v1", "jobs"),
                        "{metadata: {name: a}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}")
                .expect(201);

        JsonNode job = server.await(path, "it is complete", body -> Conditions.is(body, "Complete", "True"));

        assertThat(job.at("/status/succeeded").asInt()).isEqualTo(1);
        assertThat(job.at("/status").has("active")).isFalse();
        assertThat(job.at("/status/startTime").asText()).endsWith("Z");
        assertThat(job.at("/status/completionTime").asText()).endsWith("Z");
        assertThat(conditions(job))
                .contains("SuccessCriteriaMet True CompletionsReached", "Complete True CompletionsReached");
        JsonNode pod = server.api().get(server.core("pods")).at("/items/0");
        assertThat(pod.at("/status/phase").asText()).isEqualTo("Succeeded");
        assertThat(pod.at("/metadata/labels")
                        .path("batch.kubernetes.io/job-name")
                        .asText())
                .isEqualTo("a");
        assertThat(pod.at("/metadata/labels").path("job-name").asText()).isEqualTo("a");
    }

    @OnBoth
    void aJobCountsItsCompletionsAndCanBeSuspended(Server server) {
        String path = server.path("batch/v1", "jobs/a");
        server.api()
                .post(
                        server.path("batch/v1", "jobs"),
                        "{metadata: {name: a}, spec: {suspend: true, completions: 3, parallelism: 2, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}")
                .expect(201);
        server.await(path, "it is suspended", body -> Conditions.is(body, "Suspended", "True"));
        assertThat(server.api().get(server.core("pods")).names()).isEmpty();

        server.api().merge(path, "spec: {suspend: false}").expect(200);

        JsonNode job = server.await(path, "it is complete", body -> Conditions.is(body, "Complete", "True"));
        assertThat(job.at("/status/succeeded").asInt()).isEqualTo(3);
        assertThat(Conditions.is(job, "Suspended", "False")).isTrue();
    }

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
        server.api()
                .post(
                        server.path("policy/v1", "poddisruptionbudgets"),
                        "{metadata: {name: web}, spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}}")
                .expect(201);

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
