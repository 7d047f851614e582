package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// What of a namespace changes by an update, what through its subresources, and what is refused.
class NamespaceChangesTest {
    private static String path(Server server) {
        return "/api/v1/namespaces/" + server.namespace();
    }

    @OnBoth
    void itsFinalizersChangeThroughFinalizeAlone(Server server) {
        Answer kept = server.api()
                .merge(path(server), "spec: {finalizers: [example.com/more]}")
                .expect(200);
        Answer changed = server.api()
                .put(
                        path(server) + "/finalize",
                        "{metadata: {name: " + server.namespace()
                                + "}, spec: {finalizers: [kubernetes, example.com/more]}}")
                .expect(200);

        assertThat(kept.at("/spec/finalizers").toString()).isEqualTo("[\"kubernetes\"]");
        assertThat(changed.at("/spec/finalizers").toString()).isEqualTo("[\"kubernetes\",\"example.com/more\"]");
        Causes.refused(
                server.api()
                        .put(
                                path(server) + "/finalize",
                                "{metadata: {name: " + server.namespace() + "}, spec: {finalizers: [bad]}}"),
                "spec.finalizers[0]: ",
                "Invalid value: \"bad\": name is neither a standard finalizer name nor is it fully qualified");
        server.api().get(path(server) + "/finalize").refused(405, "MethodNotAllowed");
    }

    @OnBoth
    void itsLabelsAboutPodsAreLevels(Server server) {
        Causes.refused(
                server.api()
                        .merge(
                                path(server),
                                "metadata: {labels: {pod-security.kubernetes.io/enforce: some,"
                                        + " pod-security.kubernetes.io/warn-version: x}}"),
                "metadata.labels[pod-security.kubernetes.io/",
                "enforce]: Invalid value: \"some\": must be one of privileged, baseline, restricted",
                "warn-version]: Invalid value: \"x\": must be \"latest\" or \"v1.x\"");
    }

    @OnBoth
    void itsPhaseFollowsFromItsDeletion(Server server) {
        Causes.refused(
                server.api().merge(path(server) + "/status", "status: {phase: Terminating}"),
                "status.Phase: ",
                "Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty");
    }

    @OnBoth
    void theNameOfOneThatGoesIsTaken(Server server) {
        server.api()
                .post(server.core("configmaps"), "metadata: {name: held, finalizers: [example.com/hold]}")
                .expect(201);
        server.api().delete(server.core("configmaps/held")).expect(200);

        assertThat(server.api()
                        .post(server.core("configmaps"), "metadata: {name: held}")
                        .refused(409, "AlreadyExists")
                        .message())
                .isEqualTo("object is being deleted: configmaps \"held\" already exists");
        server.api()
                .merge(server.core("configmaps/held"), "metadata: {finalizers: null}")
                .expect(200);
    }
}
