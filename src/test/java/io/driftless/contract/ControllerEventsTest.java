package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// What controllers tell about what they did.
class ControllerEventsTest {
    private static final String POD = "{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}";

    /// Type, reason, sender and message of the events about an object, once there are so many.
    private static List<String> about(Server server, String kind, String name, int number) {
        JsonNode list = server.await(
                server.core("events") + "?fieldSelector=involvedObject.kind%3D" + kind + ",involvedObject.name%3D"
                        + name,
                number + " events about " + name,
                body -> body.path("items").size() >= number);
        List<String> lines = new ArrayList<>();
        list.path("items")
                .forEach(event -> lines.add("%s %s %s %s"
                        .formatted(
                                event.path("type").asText(),
                                event.path("reason").asText(),
                                event.path("reportingComponent").asText(),
                                event.path("message").asText())));
        return lines;
    }

    private static String only(Server server, String path) {
        List<String> names = server.api().get(server.path("apps/v1", path)).names();
        assertThat(names).hasSize(1);
        return names.getFirst();
    }

    private static void awaitReady(Server server, String path, int replicas) {
        server.await(
                path,
                replicas + " are ready",
                body -> body.at("/status/readyReplicas").asInt() == replicas
                        && body.at("/status/replicas").asInt() == replicas);
    }

    @OnBoth
    void deploymentsTellHowTheyScale(Server server, @TempDir Path folder) {
        String web = server.path("apps/v1", "deployments/web");
        server.make("apps/v1", "deployments", "web", "replicas: 2, selector: {matchLabels: {a: b}}, template: " + POD);
        awaitReady(server, web, 2);
        server.api().merge(web, "spec: {replicas: 1}").expect(200);
        awaitReady(server, web, 1);
        String set = only(server, "replicasets");

        assertThat(about(server, "Deployment", "web", 2))
                .containsExactlyInAnyOrder(
                        "Normal ScalingReplicaSet deployment-controller Scaled up replica set " + set + " from 0 to 2",
                        "Normal ScalingReplicaSet deployment-controller Scaled down replica set " + set
                                + " from 2 to 1");
        String pod = set + "-[a-z0-9]{5}";
        assertThat(about(server, "ReplicaSet", set, 3))
                .satisfiesExactlyInAnyOrder(
                        event -> assertThat(event)
                                .matches("Normal SuccessfulCreate replicaset-controller Created pod: " + pod),
                        event -> assertThat(event)
                                .matches("Normal SuccessfulCreate replicaset-controller Created pod: " + pod),
                        event -> assertThat(event)
                                .matches("Normal SuccessfulDelete replicaset-controller Deleted pod: " + pod));
        assertThat(Kubectl.on(server, folder).ok("describe", "deployment", "web"))
                .containsPattern(
                        "Normal +ScalingReplicaSet +\\S+ +deployment-controller +Scaled up replica set " + set);
    }

    @OnBoth
    void jobsTellThatTheyAreDone(Server server) {
        server.make(
                "batch/v1",
                "jobs",
                "once",
                "template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}");

        assertThat(about(server, "Job", "once", 2))
                .satisfiesExactlyInAnyOrder(
                        event -> assertThat(event)
                                .matches("Normal SuccessfulCreate job-controller Created pod: once-[a-z0-9]{5}"),
                        event -> assertThat(event).isEqualTo("Normal Completed job-controller Job completed"));
    }

    @OnBoth
    void statefulSetsAndTheSchedulerNameThePods(Server server) {
        String set = server.path("apps/v1", "statefulsets/s");
        server.make(
                "apps/v1",
                "statefulsets",
                "s",
                "replicas: 2, serviceName: s, selector: {matchLabels: {a: b}}, template: " + POD);
        awaitReady(server, set, 2);
        server.api().merge(set, "spec: {replicas: 1}").expect(200);

        String sent = "Normal SuccessfulCreate statefulset-controller Create Pod ";
        assertThat(about(server, "StatefulSet", "s", 3))
                .containsExactlyInAnyOrder(
                        sent + "s-0 in StatefulSet s successful",
                        sent + "s-1 in StatefulSet s successful",
                        "Normal SuccessfulDelete statefulset-controller Delete Pod s-1 in StatefulSet s successful");
        assertThat(about(server, "Pod", "s-0", 1))
                .containsExactly("Normal Scheduled default-scheduler Successfully assigned " + server.namespace()
                        + "/s-0 to node-0");
    }

    @OnBoth
    void podsThatFindNoNodeSayWhy(Server server) {
        String pods = server.core("pods");
        String pod = "{metadata: {name: %s}, spec: {containers: [{name: c, image: i}], %s}}";
        server.api().post(pods, pod.formatted("far", "nodeSelector: {a: b}")).expect(201);
        server.api()
                .post(pods, pod.formatted("bare", "volumes: [{name: v, persistentVolumeClaim: {claimName: none}}]"))
                .expect(201);

        String sent = "Warning FailedScheduling default-scheduler 0/1 nodes are available: ";
        assertThat(about(server, "Pod", "far", 1))
                .containsExactly(
                        sent + "1 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate,"
                                + " preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.");
        assertThat(about(server, "Pod", "bare", 1))
                .containsExactly(sent + "persistentvolumeclaim \"none\" not found. not found");
    }

    @OnBoth
    void claimsThatFindNoVolumeSayWhy(Server server) {
        String claims = server.core("persistentvolumeclaims");
        String claim =
                "{metadata: {name: %s}, spec: {%s accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}";
        server.api().post(claims, claim.formatted("any", "")).expect(201);
        server.api()
                .post(claims, claim.formatted("fine", "storageClassName: none-of-" + server.namespace() + ","))
                .expect(201);

        assertThat(about(server, "PersistentVolumeClaim", "any", 1))
                .containsExactly(
                        "Normal FailedBinding persistentvolume-controller no persistent volumes available for this"
                                + " claim and no storage class is set");
        assertThat(about(server, "PersistentVolumeClaim", "fine", 1))
                .containsExactly("Warning ProvisioningFailed persistentvolume-controller storageclass.storage.k8s.io"
                        + " \"none-of-" + server.namespace() + "\" not found");
    }
}
