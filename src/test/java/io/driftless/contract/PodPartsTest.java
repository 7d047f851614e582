package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// Containers that join a pod, and resources that change while it is there.
class PodPartsTest {
    private static final String RESIZE = "/resize";
    private static final String EPHEMERAL = "/ephemeralcontainers";

    /// A pod that stays where it is: nobody schedules it.
    private static String waiting(Server server) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: a}, spec: {schedulerName: nobody, containers: [{name: c, image: i, resources:"
                                + " {requests: {cpu: 100m}, limits: {cpu: 200m}}}]}}")
                .expect(201);
        return server.core("pods/a");
    }

    @OnBoth
    void aContainerJoinsAPodAndStaysAsItIs(Server server) {
        String pod = waiting(server);

        Answer joined = server.api()
                .strategic(
                        pod + EPHEMERAL,
                        "{metadata: {labels: {a: b}}, spec: {ephemeralContainers: [{name: d, image: busybox}], containers:"
                                + " [{name: c, image: other}]}}")
                .expect(200);

        assertThat(joined.at("/spec/ephemeralContainers").toString())
                .isEqualTo(Api.yaml(
                                "[{image: busybox, name: d, resources: {}, terminationMessagePath: /dev/termination-log,"
                                        + " terminationMessagePolicy: File, imagePullPolicy: Always}]")
                        .toString()
                        .replace("\"image\":\"busybox\",\"name\":\"d\"", "\"name\":\"d\",\"image\":\"busybox\""));
        assertThat(joined.text("/spec/containers/0/image")).isEqualTo("i");
        assertThat(joined.at("/metadata").has("labels")).isFalse();
        assertThat(joined.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(joined.at("/metadata/managedFields").toString()).contains("\"subresource\":\"ephemeralcontainers\"");
        assertThat(server.api().get(pod + EPHEMERAL).expect(200).body())
                .isEqualTo(server.api().get(pod).body());
        assertThat(Causes.of(
                        server.api().operations(pod + EPHEMERAL, "[{op: remove, path: /spec/ephemeralContainers/0}]")))
                .containsExactly(
                        "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"d\" may not be removed\n");
        assertThat(Causes.of(server.api()
                        .strategic(pod + EPHEMERAL, "spec: {ephemeralContainers: [{name: d, image: busy}]}")))
                .containsExactly(
                        "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"d\" may not be changed"
                                + "\n@@ -1,6 +1,6 @@\n {\n  \"Name\": \"d\",\n- \"Image\": \"busybox\",\n+ \"Image\": \"busy\",\n"
                                + "  \"Command\": null,\n  \"Args\": null,\n  \"WorkingDir\": \"\",\n");
        server.api().post(pod + EPHEMERAL, "{}").refused(405, "MethodNotAllowed");
        server.api().delete(pod + EPHEMERAL).refused(405, "MethodNotAllowed");
        server.api().get(server.core("pods/none" + EPHEMERAL)).refused(404, "NotFound");
    }

    @OnBoth
    void aContainerThatJoinsHasNoMoreThanItMay(Server server) {
        String pod = waiting(server);

        assertThat(Causes.of(server.api()
                        .strategic(
                                pod + EPHEMERAL,
                                "spec: {ephemeralContainers: [{name: e, image: ' b', targetContainerName: none, ports:"
                                        + " [{containerPort: 1}], readinessProbe: {exec: {command: [a]}}, lifecycle: {},"
                                        + " resources: {limits: {cpu: 1}}}, {name: c, image: b}]}")))
                .containsExactlyInAnyOrder(
                        "spec.ephemeralContainers[0].image: Invalid value: \" b\": must not have leading or trailing"
                                + " whitespace",
                        "spec.ephemeralContainers[0].targetContainerName: Not found: \"none\"",
                        "spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container",
                        "spec.ephemeralContainers[0].resources: Forbidden: cannot be set for an Ephemeral Container",
                        "spec.ephemeralContainers[0].readinessProbe: Forbidden: cannot be set for an Ephemeral Container",
                        "spec.ephemeralContainers[0].lifecycle: Forbidden: cannot be set for an Ephemeral Container",
                        "spec.ephemeralContainers[1].name: Duplicate value: \"c\"");
    }

    @OnBoth
    void cpuAndMemoryOfAPodThatWaitsAreChanged(Server server) {
        String pod = waiting(server);

        Answer resized = server.api()
                .strategic(
                        pod + RESIZE,
                        "spec: {nodeName: x, containers: [{name: c, image: other, resources: {requests: {cpu: 150m,"
                                + " memory: 1Mi}}}]}")
                .expect(200);

        assertThat(resized.at("/spec/containers/0/resources"))
                .isEqualTo(Api.yaml("{requests: {cpu: 150m, memory: 1Mi}, limits: {cpu: 200m}}"));
        assertThat(resized.text("/spec/containers/0/image")).isEqualTo("i");
        assertThat(resized.at("/spec").has("nodeName")).isFalse();
        assertThat(resized.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(refusal(server, pod, "{requests: {cpu: 300m, memory: 1Mi}, limits: {cpu: 200m}}"))
                .isEqualTo(
                        "spec.containers[0].resources.requests: Invalid value: \"300m\": must be less than or equal to"
                                + " cpu limit of 200m");
        assertThat(refusal(server, pod, "{requests: {cpu: 100m, memory: 1Mi}}"))
                .isEqualTo("spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed");
        assertThat(refusal(server, pod, "{requests: {cpu: 1, memory: 1Mi}, limits: {cpu: 1, memory: 1Mi}}"))
                .isEqualTo("spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a result of resizing");
        assertThat(refusal(
                        server,
                        pod,
                        "{requests: {cpu: 100m, memory: 1Mi, ephemeral-storage: 1Mi}, limits: {cpu: 200m}}"))
                .isEqualTo("spec: Forbidden: only cpu and memory resources are mutable");
        assertThat(Causes.of(server.api()
                        .operations(pod + RESIZE, "[{op: add, path: /spec/containers/-, value: {name: z, image: i}}]")))
                .containsExactly("spec.containers: Forbidden: containers may not be added or removed on resize");
        Answer apply = server.api()
                .apply(
                        pod + RESIZE + "?fieldManager=other",
                        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, resources: {limits:"
                                + " {cpu: 250m}}}]}}")
                .refused(409, "Conflict");
        assertThat(apply.message()).endsWith(".spec.containers[name=\"c\"].resources.limits.cpu");
    }

    private static String refusal(Server server, String pod, String resources) {
        return String.join(
                "; ",
                Causes.of(server.api()
                        .operations(
                                pod + RESIZE,
                                "[{op: replace, path: /spec/containers/0/resources, value: " + resources + "}]")));
    }

    @OnBoth
    void aNodeThatDoesNotTellResourcesResizesNothing(Server server) {
        server.api()
                .post(server.core("pods"), "{metadata: {name: a}, spec: {containers: [{name: c, image: i}]}}")
                .expect(201);
        String pod = server.core("pods/a");
        server.await(pod, "it runs", one -> one.at("/status/phase").asText().equals("Running"));

        assertThat(Causes.of(server.api()
                        .strategic(pod + RESIZE, "spec: {containers: [{name: c, resources: {requests: {cpu: 1}}}]}")))
                .containsExactly(
                        "spec: Invalid value: \"BestEffort\": Pod QOS Class may not change as a result of resizing",
                        "spec: Forbidden: Pod running on node without support for resize");
    }

    @OnBoth
    void aPodAsAWholeAsksForWhatItsContainersDo(Server server) {
        Answer made = server.api()
                .post(
                        server.core("pods") + "?dryRun=All",
                        "{metadata: {name: a}, spec: {resources: {limits: {cpu: 1, memory: 1Gi}}, containers: [{name: c, image:"
                                + " i, resources: {requests: {cpu: 100m}}}, {name: d, image: i, resources: {requests: {cpu:"
                                + " 200m}}}]}}")
                .expect(201);

        assertThat(made.at("/spec/resources"))
                .isEqualTo(Api.yaml("{limits: {cpu: '1', memory: 1Gi}, requests: {cpu: 300m, memory: 1Gi}}"));
    }
}
