package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// What a new pod names has to be there; warnings about what is accepted all the same.
class PodGatesTest {
    private static Answer pod(Server server, String spec) {
        return server.api()
                .post(
                        server.core("pods") + "?dryRun=All",
                        "{metadata: {name: p}, spec: {containers: [{name: c, image: i}], " + spec + "}}");
    }

    private static void forbidden(Server server, String spec, String why) {
        server.await(
                server.core("serviceaccounts/default"),
                "the account that each namespace has",
                account -> account.path("kind").asText().equals("ServiceAccount"));
        Answer answer = pod(server, spec).refused(403, "Forbidden");
        assertThat(answer.message()).isEqualTo("pods \"p\" is forbidden: " + why);
    }

    private static void warned(Server server, String spec, String... warnings) {
        Answer answer = server.api()
                .post(
                        server.core("podtemplates") + "?dryRun=All",
                        "{metadata: {name: a}, template: {spec: {" + spec + "}}}")
                .expect(201);
        assertThat(answer.headers().allValues("Warning"))
                .containsExactlyInAnyOrder(java.util.Arrays.stream(warnings)
                        .map(warning -> "299 - \"" + warning.replace("\"", "\\\"") + "\"")
                        .toArray(String[]::new));
    }

    @OnBoth
    void anAccountHasToBeThere(Server server) {
        forbidden(
                server,
                "serviceAccountName: none",
                "error looking up service account " + server.namespace() + "/none: serviceaccount \"none\" not found");

        server.api()
                .post(server.core("serviceaccounts"), "metadata: {name: some}")
                .expect(201);
        server.await(
                "the account is known",
                () -> pod(server, "serviceAccountName: some").code() == 201);
    }

    @OnBoth
    void podsOfAWorkloadWaitForTheirAccount(Server server) {
        server.make(
                "apps/v1",
                "deployments",
                "web",
                "replicas: 1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {serviceAccountName:"
                        + " later, containers: [{name: c, image: i}]}}");
        server.await(
                server.path("apps/v1", "deployments/web"),
                "the failure is told",
                object -> Conditions.is(object, "ReplicaFailure", "True"));

        server.api()
                .post(server.core("serviceaccounts"), "metadata: {name: later}")
                .expect(201);

        server.await(
                server.path("apps/v1", "deployments/web"),
                "it has its pod",
                object -> object.at("/status/readyReplicas").asInt() == 1);
    }

    @OnBoth
    void prioritiesFollowFromTheirClass(Server server) {
        forbidden(server, "priorityClassName: none", "no PriorityClass with name none was found");
        forbidden(
                server,
                "priority: 5",
                "the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0"
                        + " from the given PriorityClass name");
        forbidden(server, "runtimeClassName: none", "pod rejected: RuntimeClass \"none\" not found");
        assertThat(pod(server, "priorityClassName: system-cluster-critical")
                        .expect(201)
                        .at("/spec/priority")
                        .asInt())
                .isEqualTo(2_000_000_000);
    }

    @OnBoth
    void everyClusterHasThePrioritiesOfTheSystem(Server server) {
        String classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
        assertThat(server.api()
                        .get(classes + "/system-node-critical")
                        .expect(200)
                        .at("/value")
                        .asInt())
                .isEqualTo(2_000_001_000);
        assertThat(server.api()
                        .post(classes + "?dryRun=All", "{metadata: {name: system-own}, value: 5}")
                        .refused(422, "Invalid")
                        .message())
                .contains("system-own is not a known system priority class");
        assertThat(server.api()
                        .post(classes + "?dryRun=All", "{metadata: {name: system-node-critical}, value: 5}")
                        .refused(422, "Invalid")
                        .message())
                .contains("value of system-node-critical PriorityClass must be 2000001000");
    }

    @OnBoth
    void whatIsHardlyMeantIsWarnedOf(Server server) {
        warned(
                server,
                "containers: [{name: c, image: i, resources: {limits: {memory: 100m}}, ports: [{containerPort: 80},"
                        + " {containerPort: 80}]}]",
                "template.spec.containers[0].resources.limits[memory]: fractional byte value \"100m\" is invalid, must be an"
                        + " integer",
                "template.spec.containers[0].ports[1]: duplicate port definition with"
                        + " template.spec.containers[0].ports[0]");
        warned(
                server,
                "containers: [{name: c, image: i}], nodeSelector: {beta.kubernetes.io/os: linux}",
                "template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead");
        warned(
                server,
                "containers: [{name: c, image: i}], volumes: [{name: v, configMap: {name: m, items: [{key: k, path: a}, {key: l,"
                        + " path: a}]}}]",
                "volume \"v\" (ConfigMap \"m\"): overlapping paths: \"a\" with \"a\"");
        Answer dotted = server.api()
                .post(
                        server.path("apps/v1", "deployments") + "?dryRun=All",
                        Manifests.deployment("a", "i").replace("metadata: {name: a}", "metadata: {name: a.b}"))
                .expect(201);
        assertThat(dotted.header("Warning"))
                .isEqualTo(
                        "299 - \"metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                                + " behavior; a DNS label is recommended: [must not contain dots]\"");
    }

    @OnBoth
    void aPodThatIsThereKeepsAllButItsImagesItsDeadlineAndItsTolerations(Server server) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: p}, spec: {nodeSelector: {no: node}, activeDeadlineSeconds: 1000, tolerations: [{key: a,"
                                + " operator: Exists}], containers: [{name: c, image: i}]}}")
                .expect(201);
        String path = server.core("pods/p");

        server.api()
                .strategic(path, "spec: {containers: [{name: c, image: j}]}")
                .expect(200);
        server.api().merge(path, "spec: {activeDeadlineSeconds: 900}").expect(200);
        Causes.refused(
                server.api().merge(path, "spec: {activeDeadlineSeconds: 1000}"),
                "spec.activeDeadlineSeconds: ",
                "Invalid value: 1000: must be less than or equal to previous value");
        Causes.refused(
                server.api().merge(path, "spec: {tolerations: []}"),
                "spec.tolerations: ",
                "Forbidden: existing toleration can not be modified except its tolerationSeconds");
        Causes.refused(
                server.api().strategic(path, "spec: {containers: [{name: d, image: e}]}"),
                "spec.containers: ",
                "Forbidden: pod updates may not add or remove containers");
        assertThat(Causes.of(server.api().merge(path, "spec: {restartPolicy: Never}")))
                .singleElement()
                .asString()
                .startsWith("spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`");
        assertThat(server.api()
                        .merge(path, "spec: {tolerations: [{key: a, operator: Exists}, {key: b, operator: Exists}]}")
                        .expect(200)
                        .at("/spec/tolerations")
                        .findValuesAsText("key"))
                .containsExactly("a", "b", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    }
}
