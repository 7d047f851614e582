package io.driftless.contract;

/// Templates of pods that are refused for something beside their containers.
class RefusedTemplatesTest {
    private static final String ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

    private static void refused(Server server, String spec, String... causes) {
        Answer answer = server.api()
                .post(
                        server.core("podtemplates") + "?dryRun=All",
                        "{metadata: {name: a}, template: {spec: {containers: [{name: c, image: i}], " + spec + "}}}");
        Causes.refused(answer, "template.spec.", causes);
    }

    @OnBoth
    void labelsAndContainersHaveToBeThere(Server server) {
        Answer answer = server.api()
                .post(
                        server.core("podtemplates") + "?dryRun=All",
                        "{metadata: {name: a}, template: {metadata: {labels: {a: -b}}, spec: {}}}");

        Causes.refused(
                answer,
                "template.",
                "labels: Invalid value: \"-b\": a valid label must be an empty string or consist of alphanumeric characters,"
                        + " '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
                        + " 'my_value',  or '12345', regex used for validation is"
                        + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
                "spec.containers: Required value");
    }

    @OnBoth
    void initialContainersEndUnlessTheySaySo(Server server) {
        String alone = "may not be set for init containers without restartPolicy=Always";

        refused(
                server,
                "initContainers: [{name: i, image: j, lifecycle: {preStop: {exec: {command: [a]}}}, readinessProbe: {exec:"
                        + " {command: [a]}}}]",
                "initContainers[0].lifecycle: Forbidden: " + alone,
                "initContainers[0].readinessProbe: Forbidden: " + alone);
        refused(server, "initContainers: [{name: c, image: j}]", "initContainers[0].name: Duplicate value: \"c\"");
        refused(
                server,
                "initContainers: [{name: i, image: j, restartPolicy: Always, startupProbe: {}}]",
                "initContainers[0].startupProbe: Required value: must specify a handler type");
    }

    @OnBoth
    void volumesHaveOneSource(Server server) {
        refused(
                server,
                "volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce, ReadWriteOncePod],"
                        + " dataSource: {kind: Pod, name: ''}, resources: {requests: {storage: 1Gi}}}}}}]",
                "volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Forbidden: may not use ReadWriteOncePod with other"
                        + " access modes",
                "volumes[0].ephemeral.volumeClaimTemplate.spec.dataSource.name: Required value",
                "volumes[0].ephemeral.volumeClaimTemplate.spec.dataSource: Invalid value: \"Pod\": must be"
                        + " 'PersistentVolumeClaim' when referencing the default apiGroup");
        refused(
                server,
                "volumes: [{name: v, emptyDir: {}}, {name: v, emptyDir: {}}]",
                "volumes[1].name: Duplicate value: \"v\"");
        refused(
                server,
                "volumes: [{name: v, emptyDir: {}, secret: {secretName: s}}]",
                "volumes[0].secret: Forbidden: may not specify more than 1 volume type");
        refused(server, "volumes: [{name: v, secret: {}}]", "volumes[0].secret.secretName: Required value");
        refused(
                server,
                "volumes: [{name: v, configMap: {name: m, defaultMode: 999, items: [{key: k, path: /x}]}}]",
                "volumes[0].configMap.defaultMode: Invalid value: 999: must be a number between 0 and 0777 (octal), both"
                        + " inclusive",
                "volumes[0].configMap.items[0].path: Invalid value: \"/x\": must be a relative path");
        refused(
                server,
                "volumes: [{name: v, hostPath: {path: ../x, type: Some}}]",
                "volumes[0].hostPath.path: Invalid value: \"../x\": must not contain '..'",
                "volumes[0].hostPath.type: Unsupported value: \"Some\": supported values: \"\", \"BlockDevice\","
                        + " \"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\"");
        refused(
                server,
                "volumes: [{name: v, persistentVolumeClaim: {}}, {name: w, csi: {}}]",
                "volumes[0].persistentVolumeClaim.claimName: Required value",
                "volumes[1].csi.driver: Required value");
    }

    @OnBoth
    void projectedFilesAreApart(Server server) {
        refused(
                server,
                "volumes: [{name: v, projected: {sources: [{secret: {name: a, items: [{key: k, path: p}]}}, {configMap: {name:"
                        + " b, items: [{key: k, path: p}]}}]}}]",
                "volumes[0].projected: Invalid value: \"b\": conflicting duplicate paths");
        refused(
                server,
                "volumes: [{name: v, projected: {sources: [{serviceAccountToken: {expirationSeconds: 5}}]}}]",
                "volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 5: may not specify a"
                        + " duration less than 10 minutes",
                "volumes[0].projected.path: Required value");
        refused(
                server,
                "volumes: [{name: v, downwardAPI: {items: [{path: a, fieldRef: {fieldPath: spec.nodeName}}]}}]",
                "volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: \"spec.nodeName\": supported values:"
                        + " \"metadata.annotations\", \"metadata.labels\", \"metadata.name\", \"metadata.namespace\","
                        + " \"metadata.uid\"");
    }

    @OnBoth
    void tolerationsSayWhatTheyTolerate(Server server) {
        refused(
                server,
                "tolerations: [{operator: Equal}]",
                "tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which means"
                        + " \"match all values and all keys\"");
        refused(
                server,
                "tolerations: [{key: a, operator: Exists, value: b}, {key: a, operator: exists, effect: noSchedule}]",
                "tolerations[0].operator: Invalid value: \"b\": value must be empty when `operator` is 'Exists'",
                "tolerations[1].operator: Unsupported value: \"exists\": supported values: \"Equal\", \"Exists\"",
                "tolerations[1].effect: Unsupported value: \"noSchedule\": supported values: \"NoSchedule\","
                        + " \"PreferNoSchedule\", \"NoExecute\"");
        refused(
                server,
                "tolerations: [{key: a, tolerationSeconds: 5}]",
                "tolerations[0].effect: Invalid value: \"\": effect must be 'NoExecute' when `tolerationSeconds` is set");
    }

    @OnBoth
    void affinitiesAndSpreadsNameTopologies(Server server) {
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        String preferred = "preferredDuringSchedulingIgnoredDuringExecution";

        refused(
                server,
                "affinity: {nodeAffinity: {" + required + ": {nodeSelectorTerms: []}}}",
                "affinity.nodeAffinity." + required
                        + ".nodeSelectorTerms: Required value: must have at least one node selector term");
        refused(
                server,
                "affinity: {podAntiAffinity: {" + preferred + ": [{weight: 0, podAffinityTerm: {topologyKey: a}}]}}",
                "affinity.podAntiAffinity." + preferred + "[0].weight: Invalid value: 0: must be in the range 1-100");
        refused(
                server,
                "topologySpreadConstraints: [{maxSkew: 0, whenUnsatisfiable: Some}]",
                "topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
                "topologySpreadConstraints[0].topologyKey: Required value: can not be empty",
                "topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"Some\": supported values:"
                        + " \"DoNotSchedule\", \"ScheduleAnyway\"");
    }

    @OnBoth
    void namesAndAddressesAreOnes(Server server) {
        refused(
                server,
                "dnsPolicy: None",
                "dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None");
        refused(
                server,
                "dnsConfig: {nameservers: [x]}, hostAliases: [{ip: 1.2.3}]",
                "dnsConfig.nameservers[0]: Invalid value: \"x\": " + ADDRESS,
                "hostAliases[0].ip: Invalid value: \"1.2.3\": " + ADDRESS);
        refused(
                server,
                "hostname: A, serviceAccountName: B_",
                "serviceAccountName: Invalid value: \"B_\": " + Causes.NOT_SUBDOMAIN,
                "hostname: Invalid value: \"A\": " + Causes.NOT_LABEL);
        refused(
                server,
                "restartPolicy: always, securityContext: {fsGroup: -1, supplementalGroups: [1, -1]}",
                "restartPolicy: Unsupported value: \"always\": supported values: \"Always\", \"OnFailure\", \"Never\"",
                "securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                "securityContext.supplementalGroups[1]: Invalid value: -1: must be between 0 and 2147483647, inclusive");
    }
}
