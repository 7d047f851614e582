package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// Workloads that are refused for how they are to be replaced, or for what they are to keep.
class RefusedRolloutsTest {
    private static final String SELECTED =
            "selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}";
    private static final String PERCENT =
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',"
                    + "  or '93%', regex used for validation is '[0-9]+%')";

    private static Answer made(Server server, String resource, String spec) {
        return server.api()
                .post(
                        server.path("apps/v1", resource) + "?dryRun=All",
                        "{metadata: {name: w}, spec: {" + spec + ", " + SELECTED + "}}");
    }

    private static void refused(Server server, String resource, String spec, String... causes) {
        Causes.refused(made(server, resource, spec), "spec.", causes);
    }

    @OnBoth
    void deploymentsMoveOn(Server server) {
        refused(
                server,
                "deployments",
                "strategy: {rollingUpdate: {maxSurge: x, maxUnavailable: 200%}}",
                "strategy.rollingUpdate.maxSurge: Invalid value: \"x\": " + PERCENT,
                "strategy.rollingUpdate.maxUnavailable: Invalid value: \"200%\": must not be greater than 100%");
        refused(
                server,
                "deployments",
                "strategy: {type: Some}",
                "strategy: Unsupported value: {\"Type\":\"Some\",\"RollingUpdate\":null}: supported values: \"Recreate\","
                        + " \"RollingUpdate\"");
    }

    @OnBoth
    void daemonSetsMoveOnInOneWay(Server server) {
        refused(
                server,
                "daemonsets",
                "updateStrategy: {rollingUpdate: {maxSurge: 1}}",
                "updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero");
        refused(
                server,
                "daemonsets",
                "updateStrategy: {rollingUpdate: {maxUnavailable: 0}}",
                "updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0");
        refused(
                server,
                "daemonsets",
                "updateStrategy: {type: Recreate}",
                "updateStrategy: Unsupported value: {\"Type\":\"Recreate\",\"RollingUpdate\":null}: supported values:"
                        + " \"RollingUpdate\", \"OnDelete\"");
    }

    @OnBoth
    void statefulSetsMoveOnInOrder(Server server) {
        refused(
                server,
                "statefulsets",
                "podManagementPolicy: Some, updateStrategy: {rollingUpdate: {partition: -1}}, ordinals: {start: -1}",
                "podManagementPolicy: Invalid value: \"Some\": must be 'OrderedReady' or 'Parallel'",
                "updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0",
                "ordinals.start: Invalid value: -1: must be greater than or equal to 0");
        refused(
                server,
                "statefulsets",
                "updateStrategy: {type: OnDelete, rollingUpdate: {partition: 1}}",
                "updateStrategy.rollingUpdate: Invalid value: {\"Partition\":1,\"MaxUnavailable\":null}: only allowed for"
                        + " updateStrategy 'RollingUpdate'");
        refused(
                server,
                "statefulsets",
                "persistentVolumeClaimRetentionPolicy: {whenScaled: Some}, serviceName: Bad_Name",
                "persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: \"Some\": supported values: \"Retain\","
                        + " \"Delete\"",
                "serviceName: Invalid value: \"Bad_Name\": " + Causes.NOT_LABEL);
    }

    @OnBoth
    void theClaimsOfAStatefulSetAreVolumesOfItsPods(Server server) {
        String claim =
                "volumeClaimTemplates: [{metadata: {name: v}, spec: {accessModes: [ReadWriteOnce], resources: {requests:"
                        + " {storage: 1Gi}}}}]";
        String mounted = SELECTED.replace("image: i", "image: i, volumeMounts: [{name: v, mountPath: /x}]");

        server.make("apps/v1", "statefulsets", "w", claim + ", " + mounted);

        refused(
                server,
                "statefulsets",
                "volumeClaimTemplates: [{metadata: {name: v}, spec: {}}]",
                "volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required",
                "volumeClaimTemplates[0].spec.resources[storage]: Required value");
        refused(
                server,
                "statefulsets",
                "volumeClaimTemplates: [{metadata: {name: v}, spec: {accessModes: [ReadWriteOnce, ReadWriteOncePod], volumeMode: Odd,"
                        + " dataSource: {kind: Pod, name: ''}, resources: {requests: {storage: 1Gi}}}}]",
                "volumeClaimTemplates[0].spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
                "volumeClaimTemplates[0].spec.volumeMode: Unsupported value: \"Odd\": supported values: \"Block\","
                        + " \"Filesystem\"",
                "volumeClaimTemplates[0].spec.dataSource.name: Required value",
                "volumeClaimTemplates[0].spec.dataSource: Invalid value: \"Pod\": must be 'PersistentVolumeClaim' when"
                        + " referencing the default apiGroup");
    }

    @OnBoth
    void whatRunsOnHasNoEnd(Server server) {
        for (String[] kind : new String[][] {
            {"deployments", "ReplicaSet"},
            {"replicasets", "ReplicaSet"},
            {"statefulsets", "StatefulSet"},
            {"daemonsets", "DaemonSet"}
        }) {
            Answer answer = server.api()
                    .post(
                            server.path("apps/v1", kind[0]) + "?dryRun=All",
                            "{metadata: {name: w}, spec: {"
                                    + SELECTED.replace(
                                            "spec: {", "spec: {restartPolicy: Never, activeDeadlineSeconds: 5, ")
                                    + "}}");
            Causes.refused(
                    answer,
                    "spec.template.spec.",
                    "restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"",
                    "activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in " + kind[1] + " is not Supported");
        }
    }

    @OnBoth
    void expressionsSelectTheLabelsOfATemplate(Server server) {
        String template = SELECTED.substring(SELECTED.indexOf("template"));
        String path = server.path("apps/v1", "deployments") + "?dryRun=All";

        server.api()
                .post(
                        path,
                        "{metadata: {name: w}, spec: {selector: {matchExpressions: [{key: a, operator: In, values: [b]}, {key: x,"
                                + " operator: DoesNotExist}]}, " + template + "}}")
                .expect(201);
        Causes.refused(
                server.api()
                        .post(
                                path,
                                "{metadata: {name: w}, spec: {selector: {matchExpressions: [{key: a, operator: NotIn, values:"
                                        + " [b]}]}, " + template + "}}"),
                "spec.",
                "template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`");
    }

    @OnBoth
    void whatIsEmptyIsWhatIsLeftOut(Server server) {
        Answer made = server.api()
                .post(server.path("apps/v1", "deployments") + "?dryRun=All", """
                        metadata: {name: w}
                        spec:
                          paused: false
                          strategy: {type: ""}
                          selector: {matchLabels: {a: b}}
                          template:
                            metadata: {labels: {a: b}}
                            spec:
                              restartPolicy: ""
                              serviceAccountName: ""
                              priorityClassName: ""
                              schedulerName: ""
                              hostNetwork: false
                              containers:
                              - {name: c, image: "i:1", imagePullPolicy: "", workingDir: "", tty: false, env: [{name: A, value: ""}],
                                 livenessProbe: {httpGet: {port: 80, path: "", scheme: ""}, periodSeconds: 0}}
                        """)
                .expect(201);

        assertThat(made.at("/spec").has("paused")).isFalse();
        assertThat(made.text("/spec/strategy/type")).isEqualTo("RollingUpdate");
        assertThat(made.at("/spec/template/spec").properties().stream()
                        .map(java.util.Map.Entry::getKey)
                        .toList())
                .containsExactlyInAnyOrder(
                        "containers",
                        "restartPolicy",
                        "terminationGracePeriodSeconds",
                        "dnsPolicy",
                        "securityContext",
                        "schedulerName");
        assertThat(made.at("/spec/template/spec/containers/0")).isEqualTo(Api.yaml("""
                        {name: c, image: "i:1", env: [{name: A}], resources: {}, imagePullPolicy: IfNotPresent,
                         terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File,
                         livenessProbe: {httpGet: {path: /, port: 80, scheme: HTTP}, timeoutSeconds: 1, periodSeconds: 10,
                                         successThreshold: 1, failureThreshold: 3}}
                        """));
    }
}
