package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/// What the controllers make of other workloads on a cluster whose pods are ready at once.
class WorkloadsTest {
    private static final String TEMPLATE =
            "template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: \"nginx:1\"}]}}";

    @OnBoth
    void aReplicaSetAloneKeepsItsCount(Server server) {
        server.make("apps/v1", "replicasets", "a", "replicas: 2, selector: {matchLabels: {app: a}}, " + TEMPLATE);
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
        server.make(
                "apps/v1",
                "statefulsets",
                "a",
                "replicas: 2, serviceName: a, selector: {matchLabels: {app: a}}, " + TEMPLATE);

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
        server.make("apps/v1", "daemonsets", "a", "selector: {matchLabels: {app: a}}, " + TEMPLATE);

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
        server.make(
                "batch/v1", "jobs", "a", "template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}");

        JsonNode job = server.await(path, "it is complete", body -> Conditions.is(body, "Complete", "True"));

        assertThat(job.at("/status/succeeded").asInt()).isEqualTo(1);
        assertThat(job.at("/status").has("active")).isFalse();
        assertThat(job.at("/status/startTime").asText()).endsWith("Z");
        assertThat(job.at("/status/completionTime").asText()).endsWith("Z");
        assertThat(Conditions.all(job))
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
        server.make(
                "batch/v1",
                "jobs",
                "a",
                "suspend: true, completions: 3, parallelism: 2, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}");
        server.await(path, "it is suspended", body -> Conditions.is(body, "Suspended", "True"));
        assertThat(server.api().get(server.core("pods")).names()).isEmpty();

        server.api().merge(path, "spec: {suspend: false}").expect(200);

        JsonNode job = server.await(path, "it is complete", body -> Conditions.is(body, "Complete", "True"));
        assertThat(job.at("/status/succeeded").asInt()).isEqualTo(3);
        assertThat(Conditions.is(job, "Suspended", "False")).isTrue();
    }
}
