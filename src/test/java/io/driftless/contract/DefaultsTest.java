package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/// What the server fills in where nothing is said, beyond what every workload has.
class DefaultsTest {
    private static JsonNode tried(Server server, String path, String yaml) {
        return server.api().post(path + "?dryRun=All", yaml).expect(201).body();
    }

    private static void holds(JsonNode object, String pointer, String yaml) {
        assertThat(object.at(pointer)).as(pointer).isEqualTo(Api.yaml(yaml));
    }

    @OnBoth
    void probesVolumesAndReferencesOfPods(Server server) {
        JsonNode pod = tried(server, server.core("pods"), """
                metadata: {name: a}
                spec:
                  volumes:
                  - {name: nothing}
                  - {name: map, configMap: {name: x}}
                  - {name: path, hostPath: {path: /}}
                  - {name: token, projected: {sources: [{serviceAccountToken: {path: t}}]}}
                  - {name: own, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}
                  containers:
                  - name: c
                    image: i
                    env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                    livenessProbe: {httpGet: {port: 80}}
                    startupProbe: {grpc: {port: 5}}
                    lifecycle: {preStop: {httpGet: {port: 80}}}
                """);

        String container = "/spec/containers/0";
        holds(pod, "/spec/volumes/0", "{name: nothing, emptyDir: {}}");
        holds(pod, "/spec/volumes/1/configMap/defaultMode", "420");
        holds(pod, "/spec/volumes/2/hostPath", "{path: /, type: \"\"}");
        holds(pod, "/spec/volumes/3/projected/sources/0/serviceAccountToken/expirationSeconds", "3600");
        holds(pod, "/spec/volumes/4/ephemeral/volumeClaimTemplate/spec/volumeMode", "Filesystem");
        holds(pod, container + "/env/0/valueFrom/fieldRef/apiVersion", "v1");
        holds(pod, container + "/livenessProbe/httpGet", "{path: /, port: 80, scheme: HTTP}");
        holds(pod, container + "/startupProbe/grpc", "{port: 5, service: \"\"}");
        holds(pod, container + "/lifecycle/preStop/httpGet", "{path: /, port: 80, scheme: HTTP}");
    }

    @OnBoth
    void claimsOfStatefulSets(Server server) {
        JsonNode set = tried(server, server.path("apps/v1", "statefulsets"), """
                metadata: {name: a}
                spec:
                  serviceName: x
                  selector: {matchLabels: {a: b}}
                  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
                  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}
                """);

        String claim = "/spec/volumeClaimTemplates/0";
        holds(set, claim + "/apiVersion", "v1");
        holds(set, claim + "/kind", "PersistentVolumeClaim");
        holds(set, claim + "/spec/volumeMode", "Filesystem");
        holds(set, claim + "/status", "phase: Pending");
    }

    @OnBoth
    void portsPoliciesAndScaling(Server server) {
        JsonNode policy = tried(
                server,
                server.path("networking.k8s.io/v1", "networkpolicies"),
                "{metadata: {name: a}, spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}}");
        holds(policy, "/spec/ingress/0/ports/0/protocol", "TCP");
        JsonNode slice = tried(
                server,
                server.path("discovery.k8s.io/v1", "endpointslices"),
                "{metadata: {name: a}, addressType: IPv4, endpoints: [{addresses: [10.0.0.1]}], ports: [{port: 80}]}");
        holds(slice, "/ports/0", "{name: \"\", port: 80, protocol: TCP}");
        holds(slice, "/endpoints/0/conditions", "{}");
        JsonNode scaler = tried(
                server,
                server.path("autoscaling/v2", "horizontalpodautoscalers"),
                "{metadata: {name: a}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name:"
                        + " x}}}");
        holds(scaler, "/spec/minReplicas", "1");
        holds(scaler, "/spec/metrics/0/resource/target", "{type: Utilization, averageUtilization: 80}");
        JsonNode limits = tried(
                server,
                server.core("limitranges"),
                "{metadata: {name: a}, spec: {limits: [{type: Container, default: {cpu: 500m}}]}}");
        holds(limits, "/spec/limits/0/defaultRequest", "cpu: 500m");
        JsonNode priority =
                tried(server, "/apis/scheduling.k8s.io/v1/priorityclasses", "{metadata: {name: contract}, value: 5}");
        holds(priority, "/preemptionPolicy", "PreemptLowerPriority");
        JsonNode binding = tried(
                server,
                server.path("rbac.authorization.k8s.io/v1", "rolebindings"),
                "{metadata: {name: a}, roleRef: {kind: Role, name: x}, subjects: [{kind: User, name: x}]}");
        holds(binding, "/roleRef/apiGroup", "rbac.authorization.k8s.io");
    }

    @OnBoth
    void autoscalersThatSayHowQuicklyTheyScale(Server server) {
        String scalers = server.path("autoscaling/v2", "horizontalpodautoscalers");
        String spec = "{metadata: {name: a}, spec: {maxReplicas: 3, behavior: %s, scaleTargetRef:"
                + " {apiVersion: apps/v1, kind: Deployment, name: x}}}";
        String usualUp = "{selectPolicy: Max, stabilizationWindowSeconds: 0, policies: [{type: Pods, value: 4,"
                + " periodSeconds: 15}, {type: Percent, value: 100, periodSeconds: 15}]}";
        String usualDown = "{selectPolicy: Max, policies: [{type: Percent, value: 100, periodSeconds: 15}]}";

        JsonNode silent = tried(server, scalers, spec.formatted("{}"));
        holds(silent, "/spec/behavior/scaleUp", usualUp);
        holds(silent, "/spec/behavior/scaleDown", usualDown);
        JsonNode some = tried(
                server,
                scalers,
                spec.formatted("{scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 30}]},"
                        + " scaleDown: {selectPolicy: Disabled, stabilizationWindowSeconds: 10}}"));
        holds(
                some,
                "/spec/behavior/scaleUp",
                "{selectPolicy: Max, stabilizationWindowSeconds: 0, policies: [{type: Pods, value: 1, periodSeconds:"
                        + " 30}]}");
        holds(
                some,
                "/spec/behavior/scaleDown",
                "{selectPolicy: Disabled, stabilizationWindowSeconds: 10, policies: [{type: Percent, value: 100,"
                        + " periodSeconds: 15}]}");
    }

    @OnBoth
    void whatHoldsNothingIsLeftOut(Server server) {
        Answer made = server.api()
                .post(server.core("configmaps"), "{metadata: {name: a, labels: {}, finalizers: []}, data: {}}")
                .expect(201);
        Answer applied = server.api()
                .apply(
                        server.core("configmaps/b?fieldManager=one"),
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: b, annotations: {}}, data: {}}")
                .expect(201);

        for (Answer answer : new Answer[] {made, applied}) {
            assertThat(answer.body().has("data")).isFalse();
            assertThat(answer.at("/metadata").has("labels")).isFalse();
            assertThat(answer.at("/metadata").has("annotations")).isFalse();
            assertThat(answer.at("/metadata").has("finalizers")).isFalse();
        }
    }
}
