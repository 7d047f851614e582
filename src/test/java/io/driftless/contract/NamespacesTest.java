package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// The life of a namespace.
class NamespacesTest {
    @OnBoth
    void aNewNamespaceIsFurnished(Server server) {
        Answer namespace =
                server.api().get("/api/v1/namespaces/" + server.namespace()).expect(200);

        assertThat(namespace.text("/status/phase")).isEqualTo("Active");
        assertThat(namespace.text("/spec/finalizers/0")).isEqualTo("kubernetes");
        assertThat(namespace
                        .at("/metadata/labels")
                        .path("kubernetes.io/metadata.name")
                        .asText())
                .isEqualTo(server.namespace());
        server.await(server.core("serviceaccounts/default"), "it has a service account", body -> body.has("metadata"));
        server.await(
                server.core("configmaps/kube-root-ca.crt"),
                "it has the root certificate",
                body -> body.at("/data").has("ca.crt"));
    }

    @OnBoth
    void theNamespacesOfTheClusterAreThere(Server server) {
        assertThat(server.api().get("/api/v1/namespaces").names())
                .contains("default", "kube-system", "kube-public", "kube-node-lease");
        server.api().delete("/api/v1/namespaces/default").refused(403, "Forbidden");
        server.api().delete("/api/v1/namespaces/kube-system").refused(403, "Forbidden");
        assertThat(server.api()
                        .get("/api/v1/namespaces/default/services/kubernetes")
                        .expect(200)
                        .text("/spec/type"))
                .isEqualTo("ClusterIP");
    }

    @OnBoth
    void aDeletedNamespaceEmptiesAndGoes(Server server) {
        String path = "/api/v1/namespaces/" + server.namespace();
        server.api()
                .post(server.core("configmaps"), "metadata: {name: held, finalizers: [example.com/hold]}")
                .expect(201);
        server.api().post(server.core("secrets"), "metadata: {name: free}").expect(201);

        Answer deleted = server.api().delete(path).expect(200);

        assertThat(deleted.text("/kind")).isEqualTo("Namespace");
        assertThat(deleted.text("/status/phase")).isEqualTo("Terminating");
        assertThat(deleted.at("/metadata").has("deletionTimestamp")).isTrue();
        Answer refused = server.api()
                .post(server.core("configmaps"), "metadata: {name: late}")
                .refused(403, "Forbidden");
        assertThat(refused.message())
                .isEqualTo("configmaps \"late\" is forbidden: unable to create new content in namespace "
                        + server.namespace() + " because it is being terminated");
        assertThat(refused.text("/details/causes/0/reason")).isEqualTo("NamespaceTerminating");
        server.awaitGone(server.core("secrets/free"));
        server.await(
                path,
                "it tells what holds it",
                body -> Conditions.is(body, "NamespaceFinalizersRemaining", "True")
                        && Conditions.is(body, "NamespaceContentRemaining", "True"));
        assertThat(Conditions.of(server.api().get(path).body(), "NamespaceFinalizersRemaining")
                        .path("message")
                        .asText())
                .isEqualTo(
                        "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances");
        server.api()
                .merge(server.core("configmaps/held"), "data: {still: editable}")
                .expect(200);

        server.api()
                .merge(server.core("configmaps/held"), "metadata: {finalizers: null}")
                .expect(200);
        server.awaitGone(path);
    }

    @OnBoth
    void aNamespaceKeepsItsName(Server server) {
        String path = "/api/v1/namespaces/" + server.namespace();
        Answer relabelled = server.api()
                .merge(path, "metadata: {labels: {kubernetes.io/metadata.name: other, mine: too}}")
                .expect(200);
        assertThat(relabelled
                        .at("/metadata/labels")
                        .path("kubernetes.io/metadata.name")
                        .asText())
                .isEqualTo(server.namespace());
        server.api().post("/api/v1/namespaces", "metadata: {name: not.a.label}").refused(422, "Invalid");
    }
}
