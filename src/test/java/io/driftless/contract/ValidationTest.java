package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What makes objects of built-in kinds invalid: 422, with a cause for each field.
class ValidationTest {
    private static void invalid(Answer answer, String... fields) {
        answer.refused(422, "Invalid");
        assertThat(answer.at("/details/causes").findValuesAsText("field"))
                .as(answer.message())
                .contains(fields);
    }

    private static Answer deployment(Server server, String spec) {
        return server.api().post(server.path("apps/v1", "deployments"), "{metadata: {name: a}, spec: {" + spec + "}}");
    }

    private static Answer pod(Server server, String spec) {
        return server.api().post(server.core("pods"), "{metadata: {name: a}, spec: {" + spec + "}}");
    }

    @OnBoth
    void metadataIsLookedAtInEveryKind(Server server) {
        String maps = server.core("configmaps");

        invalid(server.api().post(maps, "metadata: {name: A_b}"), "metadata.name");
        invalid(server.api().post(maps, "metadata: {generateName: A_b}"), "metadata.generateName", "metadata.name");
        invalid(
                server.api()
                        .post(
                                maps,
                                "{metadata: {name: a, labels: {\"a b\": c, ok: \"not ok!\"}, annotations: {-bad: x}}}"),
                "metadata.labels",
                "metadata.annotations");
        invalid(server.api().post(maps, "metadata: {name: a, finalizers: [alone]}"), "metadata.finalizers[0]");
        invalid(
                server.api().post(maps, "metadata: {name: a, ownerReferences: [{kind: A}]}"),
                "metadata.ownerReferences.apiVersion",
                "metadata.ownerReferences.name",
                "metadata.ownerReferences.uid");
        invalid(server.api().post("/api/v1/namespaces", "metadata: {name: a.b}"), "metadata.name");
        invalid(
                server.api().post(maps, "{metadata: {name: a}, data: {k: v, a/b: c}, binaryData: {k: dg==}}"),
                "data[k]",
                "data[a/b]");
    }

    @OnBoth
    void aDeploymentHasASelectorThatFitsItsTemplate(Server server) {
        String template = ", template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}";

        invalid(deployment(server, ""), "spec.selector", "spec.template.spec.containers");
        invalid(deployment(server, "selector: {}" + template), "spec.selector");
        invalid(
                deployment(server, "replicas: -1, selector: {matchLabels: {a: c}}" + template),
                "spec.replicas",
                "spec.template.metadata.labels");
        invalid(
                deployment(
                        server,
                        "selector: {matchExpressions: [{key: a, operator: Some}, {key: b, operator: In}]}" + template),
                "spec.selector.matchExpressions[0].operator",
                "spec.selector.matchExpressions[1].values");
        invalid(
                deployment(
                        server,
                        "minReadySeconds: -1, revisionHistoryLimit: -1, progressDeadlineSeconds: -5, selector: {matchLabels:"
                                + " {a: b}}" + template),
                "spec.minReadySeconds",
                "spec.revisionHistoryLimit",
                "spec.progressDeadlineSeconds");
        invalid(
                deployment(
                        server,
                        "strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}, selector: {matchLabels: {a: b}}"
                                + template),
                "spec.strategy.rollingUpdate");
        invalid(
                deployment(
                        server,
                        "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}, selector: {matchLabels: {a: b}}"
                                + template),
                "spec.strategy.rollingUpdate.maxUnavailable");
        invalid(
                deployment(
                        server,
                        "selector: {matchLabels: {a: b}}"
                                + template.replace("containers", "restartPolicy: Never, containers")),
                "spec.template.spec.restartPolicy");
    }

    @OnBoth
    void containersAreLookedAtWhereverTheyAre(Server server) {
        invalid(pod(server, "containers: []"), "spec.containers");
        invalid(
                pod(
                        server,
                        "containers: [{name: A_b, image: i}, {name: a}, {name: a, image: i, imagePullPolicy: Some}]"),
                "spec.containers[0].name",
                "spec.containers[1].image",
                "spec.containers[2].name",
                "spec.containers[2].imagePullPolicy");
        invalid(
                pod(
                        server,
                        "containers: [{name: a, image: i, ports: [{name: \"A B\", containerPort: 70000, protocol: SOME}],"
                                + " env: [{name: \"\"}], volumeMounts: [{name: none, mountPath: \"\"}], resources: {limits:"
                                + " {cpu: 1}, requests: {cpu: 2}}}]"),
                "spec.containers[0].ports[0].name",
                "spec.containers[0].ports[0].containerPort",
                "spec.containers[0].ports[0].protocol",
                "spec.containers[0].env[0].name",
                "spec.containers[0].volumeMounts[0].name",
                "spec.containers[0].volumeMounts[0].mountPath",
                "spec.containers[0].resources.requests");
        invalid(
                pod(
                        server,
                        "restartPolicy: Some, dnsPolicy: Some, containers: [{name: a, image: i}], volumes: [{name: v,"
                                + " emptyDir: {}, hostPath: {path: /}}]"),
                "spec.restartPolicy",
                "spec.dnsPolicy",
                "spec.volumes[0].hostPath");
    }

    @OnBoth
    void aPodKeepsAlmostEverything(Server server) {
        pod(server, "containers: [{name: a, image: i}]").expect(201);
        String path = server.core("pods/a");

        invalid(server.api().merge(path, "spec: {restartPolicy: Never}"), "spec");
        invalid(server.api().strategic(path, "spec: {containers: [{name: a, command: [x]}]}"), "spec");
        server.api()
                .strategic(path, "spec: {containers: [{name: a, image: j}]}")
                .expect(200);
    }

    @OnBoth
    void servicesAndTheirPorts(Server server) {
        String services = server.core("services");

        invalid(service(server, "type: Some, ports: [{port: 80}]"), "spec.type");
        invalid(service(server, ""), "spec.ports");
        invalid(service(server, "ports: [{port: 80}, {port: 81, name: b}]"), "spec.ports[0].name");
        invalid(service(server, "ports: [{port: 80, name: a}, {port: 80, name: b}]"), "spec.ports[1]");
        invalid(
                service(server, "ports: [{port: 0, protocol: SOME, targetPort: \"A B\"}]"),
                "spec.ports[0].port",
                "spec.ports[0].protocol",
                "spec.ports[0].targetPort");
        invalid(service(server, "type: NodePort, ports: [{port: 80, nodePort: 80}]"), "spec.ports[0].nodePort");
        invalid(service(server, "clusterIP: some, ports: [{port: 80}]"), "spec.clusterIPs[0]");
        service(server, "ports: [{port: 80}]").expect(201);
        invalid(server.api().merge(services + "/a", "spec: {clusterIP: 10.0.0.77}"), "spec.clusterIPs[0]");
        invalid(server.api().merge(services + "/a", "spec: {clusterIP: None}"), "spec.clusterIPs[0]");
    }

    private static Answer service(Server server, String spec) {
        return server.api().post(server.core("services"), "{metadata: {name: a}, spec: {" + spec + "}}");
    }

    @OnBoth
    void aServiceGivesUpWhatItsTypeDoesNotHave(Server server) {
        service(server, "type: LoadBalancer, selector: {a: b}, ports: [{port: 80}]")
                .expect(201);
        String path = server.core("services/a");

        Answer inside = server.api().merge(path, "spec: {type: ClusterIP}").expect(200);
        assertThat(inside.at("/spec/ports/0").has("nodePort")).isFalse();
        assertThat(inside.at("/spec").has("allocateLoadBalancerNodePorts")).isFalse();
        assertThat(inside.at("/spec").has("externalTrafficPolicy")).isFalse();
        Answer outside = server.api()
                .merge(path, "spec: {type: ExternalName, externalName: a.b, clusterIP: null, clusterIPs: null}")
                .expect(200);
        for (String field : List.of("clusterIP", "clusterIPs", "ipFamilies", "internalTrafficPolicy")) {
            assertThat(outside.at("/spec").has(field)).as(field).isFalse();
        }
    }

    @OnBoth
    void aClaimIsNotChangedOnceItIsThere(Server server) {
        String claims = server.core("persistentvolumeclaims");

        invalid(
                server.api().post(claims, "{metadata: {name: a}, spec: {}}"),
                "spec.accessModes",
                "spec.resources[storage]");
        invalid(
                server.api()
                        .post(
                                claims,
                                "{metadata: {name: a}, spec: {accessModes: [Some], resources: {requests: {storage: -1}}}}"),
                "spec.accessModes",
                "spec.resources[storage]");
        server.api()
                .post(
                        claims,
                        "{metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}")
                .expect(201);
        invalid(server.api().merge(claims + "/a", "spec: {accessModes: [ReadWriteMany]}"), "spec");
        invalid(server.api().merge(claims + "/a", "spec: {resources: {requests: {storage: 2Gi}}}"), "spec");
    }

    @OnBoth
    void someOtherKinds(Server server) {
        String pod = "template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}";
        invalid(
                server.api()
                        .post(
                                server.path("batch/v1", "jobs"),
                                "{metadata: {name: a}, spec: {parallelism: -1, completions: -1, " + pod + "}}"),
                "spec.parallelism",
                "spec.completions");
        invalid(
                server.api()
                        .post(
                                server.path("batch/v1", "jobs"),
                                "{metadata: {name: a}, spec: {" + pod.replace("restartPolicy: Never, ", "") + "}}"),
                "spec.template.spec.restartPolicy");
        invalid(
                server.api()
                        .post(
                                server.path("batch/v1", "cronjobs"),
                                "{metadata: {name: a}, spec: {schedule: never, concurrencyPolicy: Some, jobTemplate: {spec:"
                                        + " {" + pod + "}}}}"),
                "spec.schedule",
                "spec.concurrencyPolicy");
        invalid(
                server.api().post(server.path("networking.k8s.io/v1", "ingresses"), "{metadata: {name: a}, spec: {}}"),
                "spec");
        invalid(
                server.api()
                        .post(
                                server.path("policy/v1", "poddisruptionbudgets"),
                                "{metadata: {name: a}, spec: {minAvailable: 1, maxUnavailable: 1}}"),
                "spec");
        invalid(
                server.api().post("/apis/storage.k8s.io/v1/storageclasses", "metadata: {name: contract-none}"),
                "provisioner");
    }
}
