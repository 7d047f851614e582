package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

/// Who may do what, and how a client learns it.
class AccessTest {
    private static final String RBAC = "rbac.authorization.k8s.io/v1";

    private static void allow(Server server, String user, String rules) {
        server.api()
                .post(server.path(RBAC, "roles"), "{metadata: {name: " + user + "}, rules: [" + rules + "]}")
                .expect(201);
        server.api()
                .post(
                        server.path(RBAC, "rolebindings"),
                        "{metadata: {name: " + user + "}, "
                                + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: " + user + "}, "
                                + "subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: " + user + "}]}")
                .expect(201);
    }

    @OnBoth
    void whoHasNoRightsIsToldWhich(Server server) {
        Api nobody = server.api().as("nobody");

        Answer list = nobody.get(server.core("configmaps")).refused(403, "Forbidden");
        assertThat(list.message())
                .isEqualTo(
                        "configmaps is forbidden: User \"nobody\" cannot list resource \"configmaps\" in API group \"\" in the"
                                + " namespace \"" + server.namespace() + "\"");
        Answer one = nobody.get(server.path("apps/v1", "deployments/a")).refused(403, "Forbidden");
        assertThat(one.message())
                .isEqualTo(
                        "deployments.apps \"a\" is forbidden: User \"nobody\" cannot get resource \"deployments\" in API group"
                                + " \"apps\" in the namespace \"" + server.namespace() + "\"");
        Answer cluster = nobody.get("/api/v1/nodes").refused(403, "Forbidden");
        assertThat(cluster.message())
                .isEqualTo(
                        "nodes is forbidden: User \"nobody\" cannot list resource \"nodes\" in API group \"\" at the cluster scope");
        nobody.post(server.core("configmaps"), "metadata: {name: a}").refused(403, "Forbidden");
        nobody.merge(server.core("configmaps/a"), "data: {k: v}").refused(403, "Forbidden");
        nobody.delete(server.core("configmaps/a")).refused(403, "Forbidden");
        nobody.get(server.core("configmaps") + "?watch=true").refused(403, "Forbidden");
        nobody.get("/apis/apps/v1").expect(200);
        nobody.get("/version").expect(200);
    }

    @OnBoth
    void aRoleGivesItsVerbsOnItsResources(Server server) {
        server.api().post(server.core("configmaps"), "metadata: {name: a}").expect(201);
        server.api().post(server.core("configmaps"), "metadata: {name: b}").expect(201);
        allow(
                server,
                "reader",
                "{apiGroups: [\"\"], resources: [configmaps], verbs: [get, list, watch]}, "
                        + "{apiGroups: [\"\"], resources: [configmaps], verbs: [patch], resourceNames: [a]}, "
                        + "{apiGroups: [apps], resources: [\"*\"], verbs: [\"*\"]}");
        Api reader = server.api().as("reader");
        server.await(
                "the role is in force",
                () -> reader.get(server.core("configmaps")).code() == 200);

        reader.get(server.core("configmaps/a")).expect(200);
        reader.merge(server.core("configmaps/a"), "data: {k: v}").expect(200);
        reader.merge(server.core("configmaps/b"), "data: {k: v}").refused(403, "Forbidden");
        reader.delete(server.core("configmaps/a")).refused(403, "Forbidden");
        reader.get(server.core("secrets")).refused(403, "Forbidden");
        reader.get("/api/v1/configmaps").refused(403, "Forbidden");
        reader.get("/api/v1/namespaces/default/configmaps").refused(403, "Forbidden");
        reader.post(server.path("apps/v1", "deployments"), Manifests.deployment("a", "nginx:1"))
                .expect(201);
        reader.get(server.path("apps/v1", "deployments/a/scale")).expect(200);
        reader.apply(
                        server.core("configmaps/c?fieldManager=one"),
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n")
                .refused(403, "Forbidden");
    }

    @OnBoth
    void aSubresourceIsARightOfItsOwn(Server server) {
        server.api()
                .post(server.path("apps/v1", "deployments"), Manifests.deployment("a", "nginx:1"))
                .expect(201);
        allow(server, "scaler", "{apiGroups: [apps], resources: [deployments/scale], verbs: [get, patch]}");
        Api scaler = server.api().as("scaler");
        String path = server.path("apps/v1", "deployments/a");
        server.await("the role is in force", () -> scaler.get(path + "/scale").code() == 200);

        scaler.merge(path + "/scale", "spec: {replicas: 0}").expect(200);
        Answer refused = scaler.get(path).refused(403, "Forbidden");
        assertThat(refused.message()).contains("cannot get resource \"deployments\"");
        Answer status = scaler.merge(path + "/status", "status: {}").refused(403, "Forbidden");
        assertThat(status.message()).contains("cannot patch resource \"deployments/status\"");
    }

    @OnBoth
    void aClusterRoleCountsForAGroupEverywhere(Server server) {
        String name = "contract-" + server.namespace();
        server.api()
                .post(
                        "/apis/" + RBAC + "/clusterroles",
                        "{metadata: {name: " + name
                                + "}, rules: [{apiGroups: [\"\"], resources: [namespaces, configmaps], verbs: [list]}]}")
                .expect(201);
        server.api()
                .post(
                        "/apis/" + RBAC + "/clusterrolebindings",
                        "{metadata: {name: " + name
                                + "}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: " + name
                                + "}, " + "subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: " + name
                                + "}]}")
                .expect(201);
        Api member = server.api().as("somebody").with("Impersonate-Group", name);

        server.await(
                "the binding is in force",
                () -> member.get("/api/v1/namespaces").code() == 200);
        member.get("/api/v1/configmaps").expect(200);
        member.get(server.core("configmaps")).expect(200);
        member.get("/api/v1/namespaces/default").refused(403, "Forbidden");
        server.api().as("somebody").get("/api/v1/namespaces").refused(403, "Forbidden");
    }

    @OnBoth
    void rightsCannotBeGivenByWhoDoesNotHaveThem(Server server) {
        allow(
                server,
                "giver",
                "{apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [create]}, {apiGroups: [\"\"], resources: [configmaps], verbs: [get]}");
        Api giver = server.api().as("giver");
        server.await(
                "the role is in force",
                () -> giver.post(
                                                server.path(RBAC, "roles"),
                                                "{metadata: {name: small}, rules: [{apiGroups: [\"\"], resources: [configmaps], verbs: [get]}]}")
                                        .code()
                                / 100
                        != 4);

        Answer refused = giver.post(
                        server.path(RBAC, "roles"),
                        "{metadata: {name: large}, rules: [{apiGroups: [\"\"], resources: [secrets], verbs: [get]}]}")
                .refused(403, "Forbidden");

        assertThat(refused.message()).contains("is attempting to grant RBAC permissions not currently held");
    }

    @OnBoth
    void aTokenStandsForItsServiceAccount(Server server) {
        server.api()
                .post(server.core("serviceaccounts"), "metadata: {name: robot}")
                .expect(201);
        Answer issued = server.api()
                .post(
                        server.core("serviceaccounts/robot/token"),
                        "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}")
                .expect(201);
        String token = issued.text("/status/token");
        assertThat(token).isNotEmpty();
        assertThat(issued.text("/status/expirationTimestamp")).endsWith("Z");
        String user = "system:serviceaccount:" + server.namespace() + ":robot";
        Api robot = server.unnamed().token(token);

        Answer self = robot.post(
                        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                        "{apiVersion: authentication.k8s.io/v1, kind: SelfSubjectReview}")
                .expect(201);
        assertThat(self.text("/status/userInfo/username")).isEqualTo(user);
        assertThat(self.at("/status/userInfo/groups").toString())
                .contains(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + server.namespace(),
                        "system:authenticated");
        Answer refused = robot.get(server.core("configmaps")).refused(403, "Forbidden");
        assertThat(refused.message()).contains("User \"" + user + "\" cannot list");
        server.api()
                .post(
                        server.path(RBAC, "rolebindings"),
                        "{metadata: {name: robot}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}, "
                                + "subjects: [{kind: ServiceAccount, name: robot, namespace: " + server.namespace()
                                + "}]}")
                .expect(201);
        server.await(
                "the binding is in force",
                () -> robot.get(server.core("configmaps")).code() == 200);
        robot.get(server.core("secrets")).refused(403, "Forbidden");

        Answer review = server.api()
                .post(
                        "/apis/authentication.k8s.io/v1/tokenreviews",
                        "{apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {token: " + token + "}}")
                .expect(201);
        assertThat(review.at("/status/authenticated").asBoolean()).isTrue();
        assertThat(review.text("/status/user/username")).isEqualTo(user);
        assertThat(review.text("/status/audiences/0")).isNotEmpty();
    }

    @OnBoth
    void aTokenOfNobodyIsRefused(Server server) {
        Answer refused =
                server.unnamed().token("not-a-token").get("/api/v1/namespaces").refused(401, "Unauthorized");
        assertThat(refused.message()).isEqualTo("Unauthorized");

        Answer review = server.api()
                .post(
                        "/apis/authentication.k8s.io/v1/tokenreviews",
                        "{apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {token: not-a-token}}")
                .expect(201);
        assertThat(review.at("/status/authenticated").asBoolean()).isFalse();
    }

    @OnBoth
    void accessIsReviewed(Server server) {
        String self = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        String question =
                "{apiVersion: authorization.k8s.io/v1, kind: SelfSubjectAccessReview, spec: {resourceAttributes: {namespace: "
                        + server.namespace() + ", verb: VERB, group: apps, resource: deployments}}}";
        allow(server, "asker", "{apiGroups: [apps], resources: [deployments], verbs: [get]}");
        Api asker = server.api().as("asker");

        assertThat(server.api()
                        .post(self, question.replace("VERB", "delete"))
                        .expect(201)
                        .at("/status/allowed")
                        .asBoolean())
                .isTrue();
        server.await(
                "the role is in force",
                () -> asker.post(self, question.replace("VERB", "get"))
                        .expect(201)
                        .at("/status/allowed")
                        .asBoolean());
        Answer no = asker.post(self, question.replace("VERB", "delete")).expect(201);
        assertThat(no.at("/status/allowed").asBoolean()).isFalse();
        assertThat(no.text("/spec/resourceAttributes/verb")).isEqualTo("delete");

        Answer other = server.api()
                .post(
                        "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                        "{apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview, spec: {user: asker, resourceAttributes: {namespace: "
                                + server.namespace() + ", verb: get, group: apps, resource: deployments}}}")
                .expect(201);
        assertThat(other.at("/status/allowed").asBoolean()).isTrue();
        Answer rules = asker.post(
                        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                        "{apiVersion: authorization.k8s.io/v1, kind: SelfSubjectRulesReview, spec: {namespace: "
                                + server.namespace() + "}}")
                .expect(201);
        assertThat(rules.at("/status/resourceRules").toString())
                .contains("{\"verbs\":[\"get\"],\"apiGroups\":[\"apps\"],\"resources\":[\"deployments\"]}");
    }

    @OnBoth
    void onlyWhoMayCanActForOthers(Server server) {
        server.api()
                .post(server.core("serviceaccounts"), "metadata: {name: robot}")
                .expect(201);
        String token = server.api()
                .post(
                        server.core("serviceaccounts/robot/token"),
                        "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}")
                .expect(201)
                .text("/status/token");

        Answer refused = server.unnamed()
                .token(token)
                .as("admin")
                .get("/api/v1/namespaces")
                .refused(403, "Forbidden");

        assertThat(refused.message()).contains("cannot impersonate");
    }

    @OnBoth
    void whoAsksTooMuchIsToldToWait(Server server) {
        Answer refused = server.tooMuch();

        assertThat(refused.code()).as(refused.raw()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        server.api().get("/api/v1/namespaces").expect(200);
    }
}
