package io.driftless.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class HealthCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            apps/v1 Deployment | spec: {paused: true} | Suspended
            apps/v1 Deployment | {metadata: {generation: 2}, status: {observedGeneration: 1}} | Progressing
            apps/v1 Deployment | status: {conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}]} | Degraded
            apps/v1 Deployment | {spec: {replicas: 3}, status: {updatedReplicas: 2, replicas: 2}} | Progressing
            apps/v1 Deployment | {spec: {replicas: 1}, status: {updatedReplicas: 1, replicas: 2, availableReplicas: 2}} | Progressing
            apps/v1 Deployment | {spec: {replicas: 2}, status: {updatedReplicas: 2, replicas: 2, availableReplicas: 1}} | Progressing
            apps/v1 Deployment | {spec: {replicas: 2}, status: {updatedReplicas: 2, replicas: 2, availableReplicas: 2}} | Healthy
            apps/v1 Deployment | {spec: {replicas: 0}, status: {}} | Healthy
            apps/v1 StatefulSet | {metadata: {generation: 1}, status: {}} | Progressing
            apps/v1 StatefulSet | {spec: {replicas: 2}, status: {observedGeneration: 1, readyReplicas: 1}} | Progressing
            apps/v1 StatefulSet | {spec: {replicas: 1}, status: {observedGeneration: 1, readyReplicas: 1, updateRevision: b}} | Progressing
            apps/v1 StatefulSet | {spec: {replicas: 1}, status: {observedGeneration: 1, readyReplicas: 1}} | Healthy
            apps/v1 StatefulSet | {spec: {replicas: 3, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}}, status: {observedGeneration: 1, readyReplicas: 3, updatedReplicas: 1}} | Progressing
            apps/v1 StatefulSet | {spec: {replicas: 3, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}}, status: {observedGeneration: 1, readyReplicas: 3, updatedReplicas: 2}} | Healthy
            apps/v1 StatefulSet | {spec: {replicas: 1, updateStrategy: {type: OnDelete}}, status: {observedGeneration: 1, readyReplicas: 1, updateRevision: b}} | Healthy
            apps/v1 DaemonSet | {metadata: {generation: 1}} | Progressing
            apps/v1 DaemonSet | {spec: {updateStrategy: {type: OnDelete}}, status: {desiredNumberScheduled: 2}} | Healthy
            apps/v1 DaemonSet | status: {desiredNumberScheduled: 2, updatedNumberScheduled: 1} | Progressing
            apps/v1 DaemonSet | status: {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1} | Progressing
            apps/v1 DaemonSet | status: {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2} | Healthy
            apps/v1 ReplicaSet | status: {conditions: [{type: ReplicaFailure, status: "True", message: quota}]} | Degraded
            apps/v1 ReplicaSet | {spec: {replicas: 1}, status: {availableReplicas: 0}} | Progressing
            apps/v1 ReplicaSet | {spec: {replicas: 1}, status: {availableReplicas: 1}} | Healthy
            v1 Pod | status: {phase: Pending} | Progressing
            v1 Pod | status: {phase: Pending, containerStatuses: [{state: {waiting: {reason: ImagePullBackOff}}}]} | Degraded
            v1 Pod | {spec: {restartPolicy: Never}, status: {phase: Pending, containerStatuses: [{state: {waiting: {reason: ErrImagePull}}}]}} | Progressing
            v1 Pod | status: {phase: Succeeded} | Healthy
            v1 Pod | status: {phase: Failed} | Degraded
            v1 Pod | status: {phase: Running, conditions: [{type: Ready, status: "True"}]} | Healthy
            v1 Pod | status: {phase: Running, containerStatuses: [{lastState: {terminated: {exitCode: 1}}}]} | Degraded
            v1 Pod | status: {phase: Running} | Progressing
            v1 Pod | {spec: {restartPolicy: OnFailure}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}} | Progressing
            v1 Pod | {} | Unknown
            batch/v1 Job | {} | Progressing
            batch/v1 Job | status: {conditions: [{type: Failed, status: "True"}]} | Degraded
            batch/v1 Job | status: {conditions: [{type: Suspended, status: "True"}]} | Suspended
            batch/v1 Job | status: {conditions: [{type: Complete, status: "True"}]} | Healthy
            batch/v1 CronJob | spec: {suspend: true} | Suspended
            batch/v1 CronJob | {} | Healthy
            batch/v1 CronJob | status: {active: [{name: a}]} | Progressing
            batch/v1 CronJob | status: {lastScheduleTime: "2026-01-02T00:00:00Z", lastSuccessfulTime: "2026-01-01T00:00:09Z"} | Degraded
            batch/v1 CronJob | status: {lastScheduleTime: "2026-01-02T00:00:00Z", lastSuccessfulTime: "2026-01-02T00:00:09Z"} | Healthy
            v1 Service | spec: {type: ClusterIP} | Healthy
            v1 Service | spec: {type: LoadBalancer} | Progressing
            v1 Service | {spec: {type: LoadBalancer}, status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}} | Healthy
            networking.k8s.io/v1 Ingress | {} | Progressing
            networking.k8s.io/v1 Ingress | status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}} | Healthy
            v1 PersistentVolumeClaim | status: {phase: Bound} | Healthy
            v1 PersistentVolumeClaim | status: {phase: Pending} | Progressing
            v1 PersistentVolumeClaim | status: {phase: Lost} | Degraded
            v1 PersistentVolumeClaim | {} | Unknown
            autoscaling/v2 HorizontalPodAutoscaler | {} | Progressing
            autoscaling/v2 HorizontalPodAutoscaler | status: {conditions: [{type: AbleToScale, status: "True"}, {type: ScalingActive, status: "False", reason: FailedGetResourceMetric}]} | Degraded
            autoscaling/v2 HorizontalPodAutoscaler | status: {conditions: [{type: AbleToScale, status: "True"}]} | Healthy
            autoscaling/v1 HorizontalPodAutoscaler | metadata: {annotations: {autoscaling.alpha.kubernetes.io/conditions: '[{"type":"AbleToScale","status":"True"}]'}} | Healthy
            apiregistration.k8s.io/v1 APIService | status: {conditions: [{type: Available, status: "True"}]} | Healthy
            apiregistration.k8s.io/v1 APIService | {} | Progressing
            argoproj.io/v1alpha1 Application | status: {health: {status: Degraded}} | Degraded
            argoproj.io/v1alpha1 Application | {} | Progressing
            v1 ConfigMap | {} | Healthy
            v1 Namespace | metadata: {deletionTimestamp: "2026-01-01T00:00:00Z"} | Progressing
            batch/v1 Job | {metadata: {deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: [argocd.argoproj.io/hook-finalizer]}, status: {conditions: [{type: Complete, status: "True"}]}} | Healthy
            """)
    void judgesEachKindByItsRule(String kind, String rest, String status) {
        assertThat(HealthCheck.of(object(kind, rest)).status()).hasToString(status);
    }

    @Test
    void saysHowFarARolloutIs() {
        Health health = HealthCheck.of(object(
                "apps/v1 Deployment", "{spec: {replicas: 3}, status: {updatedReplicas: 3, availableReplicas: 1}}"));

        assertThat(health.message())
                .isEqualTo("Waiting for rollout to finish: 1 of 3 updated replicas are available...");
    }

    @Test
    void namesTheContainerThatEndedAPod() {
        Health health = HealthCheck.of(object(
                "v1 Pod",
                "status: {phase: Failed, containerStatuses: [{name: web, state: {terminated: {exitCode: 3}}}]}"));

        assertThat(health.message()).isEqualTo("container \"web\" failed with exit code 3");
    }

    private static JsonNode object(String kind, String rest) {
        int space = kind.indexOf(' ');
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", kind.substring(0, space)).put("kind", kind.substring(space + 1));
        JsonNode fields = JSON.valueToTree(new Yaml().load(rest));
        fields.properties().forEach(field -> object.set(field.getKey(), field.getValue()));
        return object;
    }
}
