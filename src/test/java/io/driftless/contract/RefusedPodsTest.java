package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of workloads whose pods a quota or a limit range refuses.
class RefusedPodsTest {
    private static final String TEMPLATE =
            "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}";
    private static final String SELECTED = "selector: {matchLabels: {a: b}}, " + TEMPLATE;
    private static final String NONE_MORE = "exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0";

    private static void noPods(Server server) {
        bound(server, "pods: 0");
    }

    private static void bound(Server server, String hard) {
        server.api()
                .post(server.core("resourcequotas"), "{metadata: {name: q}, spec: {hard: {" + hard + "}}}")
                .expect(201);
        server.await(
                server.core("resourcequotas/q"),
                "it is in force",
                quota -> quota.at("/status/used").isObject());
    }

    private static void raise(Server server, String hard) {
        server.api()
                .merge(server.core("resourcequotas/q"), "spec: {hard: {" + hard + "}}")
                .expect(200);
    }

    /// The message of the first event FailedCreate about an object.
    private static JsonNode warning(Server server, String kind) {
        return server.await(
                        server.core("events") + "?fieldSelector=reason%3DFailedCreate,involvedObject.kind%3D" + kind,
                        "a warning about a " + kind,
                        list -> !list.path("items").isEmpty())
                .at("/items/0");
    }

    private static void warns(Server server, String kind, String component, String message) {
        JsonNode event = warning(server, kind);
        assertThat(event.path("type").asText()).isEqualTo("Warning");
        assertThat(event.at("/source/component").asText()).isEqualTo(component);
        assertThat(event.path("message").asText()).matches(message);
    }

    private static void limit(Server server, String limit) {
        server.api()
                .post(server.core("limitranges"), "{metadata: {name: l}, spec: {limits: [" + limit + "]}}")
                .expect(201);
    }

    /// So many by a ReplicaSet called `set`.
    private static void pods(Server server, int replicas) {
        server.make("apps/v1", "replicasets", "set", "replicas: " + replicas + ", " + SELECTED);
    }

    /// So many by a Deployment called `web`.
    private static void deploy(Server server, int replicas) {
        server.make("apps/v1", "deployments", "web", "replicas: " + replicas + ", " + SELECTED);
    }

    /// A controller says that it may not create a pod.
    ///
    /// @param prefix what the names of pods begin with
    /// @param why a pattern
    private static void refused(Server server, String kind, String prefix, String why) {
        warns(
                server,
                kind,
                kind.toLowerCase(Locale.ROOT) + "-controller",
                "Error creating: pods \"" + prefix + "[a-z0-9]{5}\" is forbidden: " + why);
    }

    private static JsonNode ready(Server server, String resource, String count, int wanted) {
        return server.await(
                server.path("apps/v1", resource),
                resource + " has its pods",
                object -> object.at("/status/" + count).asInt() == wanted);
    }

    @OnBoth
    void aReplicaSetAndItsDeploymentSayWhyTheyHaveNoPods(Server server) {
        noPods(server);
        deploy(server, 2);

        JsonNode deployment = server.await(
                server.path("apps/v1", "deployments/web"),
                "the failure is told",
                object -> Conditions.is(object, "ReplicaFailure", "True"));
        JsonNode failure = Conditions.of(deployment, "ReplicaFailure");
        assertThat(failure.path("reason").asText()).isEqualTo("FailedCreate");
        assertThat(failure.path("message").asText())
                .matches("pods \"web-[a-z0-9]+-[a-z0-9]{5}\" is forbidden: " + NONE_MORE);
        assertThat(failure.has("lastUpdateTime")).isTrue();
        assertThat(Conditions.of(deployment, "Progressing").path("reason").asText())
                .isEqualTo("NewReplicaSetCreated");
        assertThat(deployment.at("/status/unavailableReplicas").asInt()).isEqualTo(2);
        JsonNode set = server.api()
                .get(server.path("apps/v1", "replicasets"))
                .expect(200)
                .at("/items/0");
        assertThat(Conditions.of(set, "ReplicaFailure").path("message")).isEqualTo(failure.path("message"));
        assertThat(Conditions.of(set, "ReplicaFailure").has("lastUpdateTime")).isFalse();
        refused(server, "ReplicaSet", "web-[a-z0-9]+-", NONE_MORE);
    }

    @OnBoth
    void aRaisedQuotaLetsWorkloadsGoOn(Server server) {
        noPods(server);
        deploy(server, 2);
        server.make("apps/v1", "statefulsets", "set", "replicas: 2, serviceName: s, " + SELECTED);
        server.make("apps/v1", "daemonsets", "each", SELECTED);
        warns(
                server,
                "StatefulSet",
                "statefulset-controller",
                "[Cc]reate Pod set-0 in StatefulSet set failed error: pods \"set-0\" is forbidden: " + NONE_MORE);
        refused(server, "DaemonSet", "each-", NONE_MORE);
        warning(server, "ReplicaSet");

        raise(server, "pods: 20");

        JsonNode deployment = ready(server, "deployments/web", "readyReplicas", 2);
        ready(server, "statefulsets/set", "readyReplicas", 2);
        ready(server, "daemonsets/each", "numberReady", 1);
        server.await(
                server.path("apps/v1", "deployments/web"),
                "no failure is left",
                object -> Conditions.of(object, "ReplicaFailure").isMissingNode()
                        && Conditions.is(object, "Available", "True"));
        assertThat(deployment.at("/status/replicas").asInt()).isEqualTo(2);
        server.await(
                server.core("resourcequotas/q"),
                "all are counted",
                quota -> quota.at("/status/used/pods").asText().equals("5"));
    }

    @OnBoth
    void aJobThatIsRefusedItsPodsIsDoneOnceItGetsThem(Server server) {
        noPods(server);
        server.make(
                "batch/v1",
                "jobs",
                "once",
                "template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}");
        refused(server, "Job", "once-", NONE_MORE);

        raise(server, "pods: 1");

        server.await(server.path("batch/v1", "jobs/once"), "it is done", job -> Conditions.is(job, "Complete", "True"));
    }

    @OnBoth
    void roomThatIsFreedIsTaken(Server server) {
        bound(server, "pods: 1");
        server.api()
                .post(server.core("pods"), "{metadata: {name: first}, spec: {containers: [{name: c, image: i}]}}")
                .expect(201);
        pods(server, 1);
        warning(server, "ReplicaSet");

        server.api().delete(server.core("pods/first"), "gracePeriodSeconds: 0").expect(200);

        ready(server, "replicasets/set", "readyReplicas", 1);
    }

    @OnBoth
    void asManyPodsAreMadeAsThereIsRoomFor(Server server) {
        bound(server, "pods: 2");
        pods(server, 5);

        JsonNode set = server.await(
                server.path("apps/v1", "replicasets/set"),
                "two pods and a failure",
                object -> object.at("/status/readyReplicas").asInt() == 2
                        && Conditions.is(object, "ReplicaFailure", "True"));
        assertThat(set.at("/status/replicas").asInt()).isEqualTo(2);
    }

    @OnBoth
    void limitRangesRefusePodsOfWorkloadsToo(Server server) {
        limit(server, "{type: Pod, max: {cpu: 1}}");
        pods(server, 1);

        refused(server, "ReplicaSet", "set-", "maximum cpu usage per Pod is 1. {2}No limit is" + " specified");
    }

    @OnBoth
    void aLimitRangeThatFillsInWhatAQuotaAsksForLetsPodsBe(Server server) {
        bound(server, "limits.cpu: 2");
        pods(server, 2);
        refused(server, "ReplicaSet", "set-", "failed quota: q: must specify limits.cpu for: c");

        limit(server, "{type: Container, default: {cpu: 1}}");

        ready(server, "replicasets/set", "readyReplicas", 2);
        server.await(
                server.core("resourcequotas/q"),
                "both are counted",
                quota -> quota.at("/status/used").path("limits.cpu").asText().equals("2"));
    }

    @OnBoth
    void aDeploymentThatIsRefusedItsReplicaSetSaysSo(Server server) {
        bound(server, "count/replicasets.apps: 0");
        deploy(server, 1);

        JsonNode deployment = server.await(
                server.path("apps/v1", "deployments/web"),
                "it gets nowhere",
                object -> Conditions.is(object, "Progressing", "False"));
        JsonNode progress = Conditions.of(deployment, "Progressing");
        assertThat(progress.path("reason").asText()).isEqualTo("ReplicaSetCreateError");
        assertThat(progress.path("message").asText())
                .matches("Failed to create new replica set \"web-[a-z0-9]+\": replicasets.apps \"web-[a-z0-9]+\" is"
                        + " forbidden: exceeded quota: q, requested: count/replicasets.apps=1, used:"
                        + " count/replicasets.apps=0, limited: count/replicasets.apps=0");
        raise(server, "count/replicasets.apps: 1");
        ready(server, "deployments/web", "readyReplicas", 1);
    }

    @OnBoth
    void kubectlShowsQuotasAndLimits(Server server, @TempDir Path folder) {
        Kubectl kubectl = Kubectl.on(server, folder);
        bound(server, "pods: 3, requests.cpu: 1, limits.memory: 2Gi");
        limit(server, "{type: Container, default: {cpu: 500m, memory: 1Gi}, max: {cpu: 2}}");
        pods(server, 1);
        ready(server, "replicasets/set", "readyReplicas", 1);

        assertThat(kubectl.ok("describe", "quota", "q"))
                .containsPattern("limits.memory +1Gi +2Gi\n")
                .containsPattern("pods +1 +3\n")
                .containsPattern("requests.cpu +500m +1\n");
        assertThat(kubectl.ok("describe", "limits", "l"))
                .containsPattern("Container +cpu +- +2 +500m +500m +-\n")
                .containsPattern("Container +memory +- +- +1Gi +1Gi +-\n");
        assertThat(kubectl.ok("get", "quota", "q", "--no-headers"))
                .matches("q +pods: 1/3, requests.cpu: 500m/1 +limits.memory: 1Gi/2Gi +\\S+ *\n");
        assertThat(kubectl.ok("get", "limits", "l", "--no-headers")).matches("l +\\d{4}-\\d\\d-\\d\\dT\\S+Z *\n");
        assertThat(kubectl.ok("describe", "namespace", server.namespace()))
                .contains("Resource Quotas", "Resource Limits")
                .containsPattern("pods +1 +3\n");
    }
}
