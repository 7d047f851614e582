package io.driftless.contract;

/// Containers that are refused, wherever the template is that they are in.
class RefusedContainersTest {
    private static final String BYTES = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
    private static final String TAKES = "Unsupported value: ";

    /// @param container the container but for its image; named `c` unless it says otherwise
    private static void refused(Server server, String container, String... causes) {
        String name = container.startsWith("name:") ? "" : "name: c, ";
        Answer answer = server.api()
                .post(
                        server.core("podtemplates") + "?dryRun=All",
                        "{metadata: {name: a}, template: {spec: {volumes: [{name: v, emptyDir: {}}], containers: [{image: i, "
                                + name + container + "}]}}}");
        Causes.refused(answer, "template.spec.containers[0].", causes);
    }

    @OnBoth
    void namesImagesAndPoliciesAreLookedAt(Server server) {
        refused(server, "name: C", "name: Invalid value: \"C\": " + Causes.NOT_LABEL);
        refused(server, "name: a.b", "name: Invalid value: \"a.b\": must not contain dots");
        refused(
                server,
                "imagePullPolicy: always",
                "imagePullPolicy: " + TAKES + "\"always\": supported values: \"Always\", \"IfNotPresent\", \"Never\"");
        refused(
                server,
                "terminationMessagePolicy: Some",
                "terminationMessagePolicy: " + TAKES
                        + "\"Some\": supported values: \"File\", \"FallbackToLogsOnError\"");
    }

    @OnBoth
    void portsHaveNumbersAndNamesOfTheirOwn(Server server) {
        refused(server, "ports: [{name: http}]", "ports[0].containerPort: Required value");
        refused(
                server,
                "ports: [{containerPort: 70000, hostPort: -1, protocol: tcp}]",
                "ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
                "ports[0].hostPort: Invalid value: -1: must be between 1 and 65535, inclusive",
                "ports[0].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", \"TCP\", \"UDP\"");
        refused(
                server,
                "ports: [{containerPort: 80, name: a-very-long-port-name}, {containerPort: 81, name: '81'}]",
                "ports[0].name: Invalid value: \"a-very-long-port-name\": must be no more than 15 characters",
                "ports[1].name: Invalid value: \"81\": must contain at least one letter (a-z)");
        refused(
                server,
                "ports: [{containerPort: 80, name: a}, {containerPort: 81, name: a}]",
                "ports[1].name: Duplicate value: \"a\"");
        refused(
                server,
                "ports: [{containerPort: 80, hostPort: 80}, {containerPort: 81, hostPort: 80}]",
                "ports[1].hostPort: Duplicate value: \"TCP//80\"");
    }

    @OnBoth
    void variablesAreFromOnePlace(Server server) {
        refused(server, "env: [{value: a}]", "env[0].name: Required value");
        refused(
                server,
                "env: [{name: a=b}]",
                "env[0].name: Invalid value: \"a=b\": a valid environment variable name must consist only of printable ASCII"
                        + " characters other than '='");
        refused(
                server,
                "env: [{name: A, value: b, valueFrom: {configMapKeyRef: {name: m, key: k}}}]",
                "env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty");
        refused(
                server,
                "env: [{name: A, valueFrom: {}}]",
                "env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`,"
                        + " `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        refused(
                server,
                "env: [{name: A, valueFrom: {secretKeyRef: {name: s}}}]",
                "env[0].valueFrom.secretKeyRef.key: Required value");
        refused(
                server,
                "env: [{name: A, valueFrom: {secretKeyRef: {key: k}}}]",
                "env[0].valueFrom.secretKeyRef.name: Invalid value: \"\": " + Causes.NOT_SUBDOMAIN);
        refused(
                server,
                "envFrom: [{configMapRef: {}}, {prefix: p}]",
                "envFrom[0].configMapRef.name: Required value",
                "envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`");
    }

    @OnBoth
    void variablesNameFieldsThatThereAre(Server server) {
        refused(
                server,
                "env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.some}}}]",
                "env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.some\": error converting fieldPath: field label"
                        + " not supported: spec.some");
        refused(
                server,
                "env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.phase}}}]",
                "env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"status.phase\": supported values:"
                        + " \"metadata.name\", \"metadata.namespace\", \"metadata.uid\", \"spec.nodeName\","
                        + " \"spec.serviceAccountName\", \"status.hostIP\", \"status.hostIPs\", \"status.podIP\","
                        + " \"status.podIPs\"");
        refused(
                server,
                "env: [{name: A, valueFrom: {resourceFieldRef: {resource: cpu}}}]",
                "env[0].valueFrom.resourceFieldRef.resource: Unsupported value: \"cpu\": supported values: \"limits.cpu\","
                        + " \"limits.ephemeral-storage\", \"limits.memory\", \"requests.cpu\","
                        + " \"requests.ephemeral-storage\", \"requests.memory\"");
        refused(
                server,
                "env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 3}}}]",
                "env[0].valueFrom.resourceFieldRef.divisor: Invalid value: \"limits.memory\": only divisor's values "
                        + BYTES + " are supported with the memory resource");
    }

    @OnBoth
    void probesDoOneThing(Server server) {
        refused(server, "livenessProbe: {}", "livenessProbe: Required value: must specify a handler type");
        refused(server, "startupProbe: {exec: {}}", "startupProbe.exec.command: Required value");
        refused(
                server,
                "livenessProbe: {httpGet: {port: 80}, tcpSocket: {port: 80}}",
                "livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type");
        refused(
                server,
                "readinessProbe: {httpGet: {port: '8080', scheme: https}}",
                "readinessProbe.httpGet.port: Invalid value: \"8080\": must contain at least one letter (a-z)",
                "readinessProbe.httpGet.scheme: Unsupported value: \"https\": supported values: \"HTTP\", \"HTTPS\"");
        refused(
                server,
                "livenessProbe: {httpGet: {path: /}, periodSeconds: -1, successThreshold: 2}",
                "livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive",
                "livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0",
                "livenessProbe.successThreshold: Invalid value: 2: must be 1");
        refused(
                server,
                "readinessProbe: {tcpSocket: {port: 80}, terminationGracePeriodSeconds: 5}",
                "readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes");
        refused(
                server,
                "lifecycle: {postStart: {}, preStop: {sleep: {seconds: 31}}}",
                "lifecycle.postStart: Required value: must specify a handler type",
                "lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than"
                        + " terminationGracePeriodSeconds (30)");
    }

    @OnBoth
    void volumesAreMountedOnceAndWithinThemselves(Server server) {
        refused(server, "volumeMounts: [{name: w, mountPath: /x}]", "volumeMounts[0].name: Not found: \"w\"");
        refused(server, "volumeMounts: [{name: v}]", "volumeMounts[0].mountPath: Required value");
        refused(
                server,
                "volumeMounts: [{name: v, mountPath: /x}, {name: v, mountPath: /x}]",
                "volumeMounts[1].mountPath: Invalid value: \"/x\": must be unique");
        refused(
                server,
                "volumeMounts: [{name: v, mountPath: /x, subPath: ../y}]",
                "volumeMounts.subPath: Invalid value: \"../y\": must not contain '..'");
        refused(
                server,
                "volumeMounts: [{name: v, mountPath: /x, subPath: /y}]",
                "volumeMounts.subPath: Invalid value: \"/y\": must be a relative path");
        refused(
                server,
                "volumeMounts: [{name: v, mountPath: /x, mountPropagation: Bidirectional}]",
                "volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged"
                        + " containers");
    }

    @OnBoth
    void resourcesAreKnownAndWithinTheirLimits(Server server) {
        refused(
                server,
                "resources: {limits: {gpu: 1}}",
                "resources.limits[gpu]: Invalid value: \"gpu\": must be a standard resource type or fully qualified",
                "resources.limits[gpu]: Invalid value: \"gpu\": must be a standard resource for containers");
        refused(
                server,
                "resources: {requests: {memory: 2Gi}, limits: {memory: 1Gi}}",
                "resources.requests: Invalid value: \"2Gi\": must be less than or equal to memory limit of 1Gi");
        refused(
                server,
                "resources: {requests: {example.com/gpu: 1}}",
                "resources.limits: Required value: Limit must be set for non overcommitable resources");
        refused(
                server,
                "resources: {limits: {example.com/gpu: 1500m}}",
                "resources.limits[example.com/gpu]: Invalid value: \"1500m\": must be an integer");
        refused(
                server,
                "resources: {limits: {hugepages-2Mi: 3Mi}}",
                "resources.limits[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not positive integer multiple of"
                        + " hugepages-2Mi",
                "resources: Forbidden: HugePages require cpu or memory");
    }

    @OnBoth
    void securityContextsContradictNothing(Server server) {
        refused(
                server,
                "securityContext: {runAsUser: -1, seccompProfile: {type: Localhost}}",
                "securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                "securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is"
                        + " Localhost");
        refused(
                server,
                "securityContext: {privileged: true, allowPrivilegeEscalation: false}",
                "securityContext: Invalid value: {\"Capabilities\":null,\"Privileged\":true,\"SELinuxOptions\":null,"
                        + "\"WindowsOptions\":null,\"RunAsUser\":null,\"RunAsGroup\":null,\"RunAsNonRoot\":null,"
                        + "\"ReadOnlyRootFilesystem\":null,\"AllowPrivilegeEscalation\":false,\"ProcMount\":null,"
                        + "\"SeccompProfile\":null,\"AppArmorProfile\":null}: cannot set `allowPrivilegeEscalation` to false"
                        + " and `privileged` to true");
        refused(
                server,
                "securityContext: {procMount: Unmasked}",
                "securityContext.procMount: Invalid value: \"Unmasked\": `hostUsers` must be false to use `Unmasked`");
    }
}
