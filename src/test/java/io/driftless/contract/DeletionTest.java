package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// Finalizers, owners, and what becomes of dependents.
class DeletionTest {
    private static String owned(String name, Answer owner, String further) {
        return "{metadata: {name: " + name + ", ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: "
                + owner.text("/metadata/name") + ", uid: " + owner.uid() + further + "}]}}";
    }

    private static Answer owner(Server server) {
        return server.api()
                .post(server.core("configmaps"), "metadata: {name: owner}")
                .expect(201);
    }

    @OnBoth
    void aFinalizerHoldsWhatIsDeleted(Server server) {
        String path = server.core("configmaps/a");
        server.api()
                .post(server.core("configmaps"), "metadata: {name: a, finalizers: [example.com/hold, example.com/too]}")
                .expect(201);

        Answer deleted = server.api().delete(path).expect(200);

        assertThat(deleted.text("/kind")).isEqualTo("ConfigMap");
        assertThat(deleted.text("/metadata/deletionTimestamp")).endsWith("Z");
        assertThat(deleted.at("/metadata/deletionGracePeriodSeconds").asInt(7)).isZero();
        Answer again = server.api().delete(path).expect(200);
        assertThat(again.text("/metadata/deletionTimestamp")).isEqualTo(deleted.text("/metadata/deletionTimestamp"));
        server.api().merge(path, "data: {k: still}").expect(200);
        server.api().post(server.core("configmaps"), "metadata: {name: a}").refused(409, "AlreadyExists");
        Answer more = server.api()
                .merge(path, "metadata: {finalizers: [example.com/hold, example.com/new]}")
                .refused(422, "Invalid");
        assertThat(more.message()).contains("no new finalizers can be added if the object is being deleted");

        server.api().merge(path, "metadata: {finalizers: [example.com/too]}").expect(200);
        server.api().get(path).expect(200);
        server.api().merge(path, "metadata: {finalizers: null}").expect(200);
        server.api().get(path).refused(404, "NotFound");
    }

    @OnBoth
    void aFinalizerHasAName(Server server) {
        server.api()
                .post(server.core("configmaps"), "metadata: {name: a, finalizers: [\"not a name\"]}")
                .refused(422, "Invalid");
    }

    @OnBoth
    void dependentsGoAfterTheirOwner(Server server) {
        Answer owner = owner(server);
        server.api()
                .post(server.core("configmaps"), owned("dependent", owner, ""))
                .expect(201);

        Answer gone = server.api()
                .delete(server.core("configmaps/owner"), "propagationPolicy: Background")
                .expect(200);

        assertThat(gone.text("/status")).isEqualTo("Success");
        server.api().get(server.core("configmaps/owner")).refused(404, "NotFound");
        server.awaitGone(server.core("configmaps/dependent"));
    }

    @OnBoth
    void anOwnerCanWaitForItsDependents(Server server) {
        Answer owner = owner(server);
        server.api()
                .post(server.core("configmaps"), owned("blocking", owner, ", blockOwnerDeletion: true"))
                .expect(201);
        server.api()
                .merge(server.core("configmaps/blocking"), "metadata: {finalizers: [example.com/hold]}")
                .expect(200);

        Answer deleted = server.api()
                .delete(server.core("configmaps/owner"), "propagationPolicy: Foreground")
                .expect(200);

        assertThat(deleted.text("/metadata/finalizers/0")).isEqualTo("foregroundDeletion");
        server.await(
                server.core("configmaps/blocking"),
                "the dependent is being deleted",
                body -> body.at("/metadata").has("deletionTimestamp"));
        server.api().get(server.core("configmaps/owner")).expect(200);
        server.api()
                .merge(server.core("configmaps/blocking"), "metadata: {finalizers: null}")
                .expect(200);
        server.awaitGone(server.core("configmaps/blocking"));
        server.awaitGone(server.core("configmaps/owner"));
    }

    @OnBoth
    void dependentsCanBeLeftAlone(Server server) {
        Answer owner = owner(server);
        server.api().post(server.core("configmaps"), owned("orphan", owner, "")).expect(201);

        server.api()
                .delete(server.core("configmaps/owner"), "propagationPolicy: Orphan")
                .expect(200);

        server.awaitGone(server.core("configmaps/owner"));
        assertThat(server.api()
                        .get(server.core("configmaps/orphan"))
                        .expect(200)
                        .at("/metadata")
                        .has("ownerReferences"))
                .isFalse();
    }

    @OnBoth
    void whatHasAnotherOwnerStays(Server server) {
        Answer owner = owner(server);
        Answer other = server.api()
                .post(server.core("configmaps"), "metadata: {name: other}")
                .expect(201);
        server.api()
                .post(
                        server.core("configmaps"),
                        "{metadata: {name: shared, ownerReferences: ["
                                + "{apiVersion: v1, kind: ConfigMap, name: owner, uid: " + owner.uid() + "}, "
                                + "{apiVersion: v1, kind: ConfigMap, name: other, uid: " + other.uid() + "}]}}")
                .expect(201);

        server.api().delete(server.core("configmaps/owner")).expect(200);

        server.await(
                server.core("configmaps/shared"),
                "the reference is gone, the object is not",
                body -> body.at("/metadata/ownerReferences").size() == 1
                        && body.at("/metadata/ownerReferences/0/name").asText().equals("other"));
    }

    @OnBoth
    void whoseOwnerNeverWasIsCollected(Server server) {
        server.api()
                .post(
                        server.core("configmaps"),
                        "{metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: ghost, uid: 11111111-2222-3333-4444-555555555555}]}}")
                .expect(201);

        server.awaitGone(server.core("configmaps/a"));
    }

    @OnBoth
    void aReferenceToAnOwnerIsWhole(Server server) {
        server.api()
                .post(
                        server.core("configmaps"),
                        "{metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: x}]}}")
                .refused(422, "Invalid");
        server.api()
                .post(
                        server.core("configmaps"),
                        "{metadata: {name: a, ownerReferences: ["
                                + "{apiVersion: v1, kind: ConfigMap, name: x, uid: u1, controller: true}, "
                                + "{apiVersion: v1, kind: ConfigMap, name: z, uid: u2, controller: true}]}}")
                .refused(422, "Invalid");
        server.api()
                .delete(server.core("configmaps/a"), "propagationPolicy: Sideways")
                .expect(422);
    }

    @OnBoth
    void aDeploymentTakesItsPodsAlong(Server server) {
        String path = server.path("apps/v1", "deployments/web");
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("web", "nginx:1"))
                .expect(201);
        server.await(
                path,
                "it is available",
                web -> web.at("/status/availableReplicas").asInt() == 1);

        Answer gone = server.api().delete(path).expect(200);

        assertThat(gone.text("/status")).isEqualTo("Success");
        server.await(
                server.path("apps/v1", "replicasets"),
                "no ReplicaSet is left",
                list -> list.path("items").isEmpty());
        server.await(
                server.core("pods"),
                "no pod is left",
                list -> list.path("items").isEmpty());
    }

    @OnBoth
    void aDeploymentDeletedInTheForegroundIsGoneLast(Server server) {
        String path = server.path("apps/v1", "deployments/web");
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("web", "nginx:1"))
                .expect(201);
        server.await(
                path,
                "it is available",
                web -> web.at("/status/availableReplicas").asInt() == 1);

        server.api().delete(path + "?propagationPolicy=Foreground").expect(200);

        server.awaitGone(path);
        assertThat(server.api().get(server.path("apps/v1", "replicasets")).names())
                .isEmpty();
        assertThat(server.api().get(server.core("pods")).names()).isEmpty();
    }

    @OnBoth
    void aRunningPodIsGivenTime(Server server) {
        server.api()
                .post(
                        server.core("pods"),
                        "{metadata: {name: a, finalizers: [example.com/hold]}, spec: {containers: [{name: c, image: i}]}}")
                .expect(201);
        server.await(
                server.core("pods/a"),
                "it runs",
                pod -> pod.at("/status/phase").asText().equals("Running"));

        Answer deleted = server.api().delete(server.core("pods/a")).expect(200);

        assertThat(deleted.text("/kind")).isEqualTo("Pod");
        assertThat(deleted.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        server.api()
                .merge(server.core("pods/a"), "metadata: {finalizers: null}")
                .expect(200);
        server.awaitGone(server.core("pods/a"));

        server.api()
                .post(server.core("pods"), "{metadata: {name: b}, spec: {containers: [{name: c, image: i}]}}")
                .expect(201);
        server.await(
                server.core("pods/b"),
                "it runs",
                pod -> pod.at("/status/phase").asText().equals("Running"));
        server.api().delete(server.core("pods/b") + "?gracePeriodSeconds=0").expect(200);
        server.api().get(server.core("pods/b")).refused(404, "NotFound");
    }
}
