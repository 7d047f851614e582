package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// Objects are created, read, replaced and deleted.
class ObjectsTest {
    @OnBoth
    void anObjectGetsItsIdentityFromTheServer(Server server) {
        Answer made = server.api()
                .with("User-Agent", "tester/1.0")
                .post(server.core("configmaps"), "{metadata: {name: a, uid: mine}, data: {k: v}}")
                .expect(201);

        assertThat(made.text("/apiVersion")).isEqualTo("v1");
        assertThat(made.text("/kind")).isEqualTo("ConfigMap");
        assertThat(made.text("/metadata/namespace")).isEqualTo(server.namespace());
        assertThat(made.uid()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(made.version()).matches("[1-9][0-9]*");
        assertThat(made.text("/metadata/creationTimestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(made.at("/metadata/managedFields")).hasSize(1);
        assertThat(made.text("/metadata/managedFields/0/manager")).isEqualTo("tester");
        assertThat(made.text("/metadata/managedFields/0/operation")).isEqualTo("Update");
        assertThat(made.at("/metadata/managedFields/0/fieldsV1").toString())
                .isEqualTo("{\"f:data\":{\".\":{},\"f:k\":{}}}");
        assertThat(server.api().get(server.core("configmaps/a")).body()).isEqualTo(made.body());
    }

    @OnBoth
    void whatIsNotThereIsNotFound(Server server) {
        Answer none = server.api().get(server.core("configmaps/none")).refused(404, "NotFound");

        assertThat(none.message()).isEqualTo("configmaps \"none\" not found");
        assertThat(none.text("/details/name")).isEqualTo("none");
        assertThat(none.text("/details/kind")).isEqualTo("configmaps");
        Answer grouped =
                server.api().get(server.path("apps/v1", "deployments/none")).refused(404, "NotFound");
        assertThat(grouped.message()).isEqualTo("deployments.apps \"none\" not found");
        assertThat(grouped.text("/details/group")).isEqualTo("apps");
        server.api().get("/apis/nobody.example.com/v1/things").expect(404);
        server.api().get(server.core("things")).expect(404);
    }

    @OnBoth
    void aNameIsGeneratedFromItsBeginning(Server server) {
        Answer one = server.api()
                .post(server.core("configmaps"), "metadata: {generateName: some-}")
                .expect(201);
        Answer two = server.api()
                .post(server.core("configmaps"), "metadata: {generateName: some-}")
                .expect(201);

        assertThat(one.text("/metadata/name")).matches("some-[a-z0-9]{5}");
        assertThat(one.text("/metadata/generateName")).isEqualTo("some-");
        assertThat(two.text("/metadata/name")).isNotEqualTo(one.text("/metadata/name"));
    }

    @OnBoth
    void aDryRunAnswersAndKeepsNothing(Server server) {
        String maps = server.core("configmaps");
        Answer dry =
                server.api().post(maps + "?dryRun=All", "metadata: {name: a}").expect(201);

        assertThat(dry.uid()).isNotEmpty();
        server.api().get(maps + "/a").refused(404, "NotFound");
        server.api().post(maps, "{metadata: {name: a}, data: {k: v}}").expect(201);
        assertThat(server.api()
                        .merge(maps + "/a?dryRun=All", "data: {k: w}")
                        .expect(200)
                        .text("/data/k"))
                .isEqualTo("w");
        server.api().delete(maps + "/a?dryRun=All").expect(200);
        assertThat(server.api().get(maps + "/a").expect(200).text("/data/k")).isEqualTo("v");
        server.api().post(maps + "?dryRun=Some", "metadata: {name: b}").refused(422, "Invalid");
    }

    @OnBoth
    void emptyPartsOfTheMetadataAreNotKept(Server server) {
        String plural = Crds.define(server, "bares", "");
        for (String path : List.of(server.core("configmaps"), server.path(Crds.GROUP + "/v1", plural))) {
            boolean builtIn = path.endsWith("configmaps");
            String head = builtIn
                    ? "{apiVersion: v1, kind: ConfigMap"
                    : "{apiVersion: " + Crds.GROUP + "/v1, kind: " + Crds.kind(plural);
            Answer made = server.api()
                    .post(path, head + ", metadata: {name: bare, labels: {}, annotations: {}, finalizers: []}}")
                    .expect(201);
            assertThat(made.at("/metadata").has("labels")).isFalse();
            assertThat(made.at("/metadata").has("annotations")).isFalse();
            assertThat(made.at("/metadata").has("finalizers")).isFalse();

            server.api().merge(path + "/bare", "metadata: {labels: {a: b}}").expect(200);
            Answer taken = server.api()
                    .merge(path + "/bare", "metadata: {labels: {a: null}}")
                    .expect(200);
            assertThat(taken.at("/metadata").has("labels")).isFalse();
        }
    }

    @OnBoth
    void nothingHappensWhereNothingChanges(Server server) {
        String path = server.path("apps/v1", "deployments/a");
        Answer made = server.api()
                .post(
                        server.path("apps/v1", "deployments"),
                        Manifests.deployment("a", "never-ready:1").replace("replicas: 1", "replicas: 0"))
                .expect(201);
        assertThat(made.at("/metadata/generation").asInt()).isEqualTo(1);
        server.await(
                path,
                "the controller is done",
                body -> body.at("/status/observedGeneration").asInt() == 1);
        Answer before = server.api().get(path);

        Answer same = server.api().put(path, before.body()).expect(200);
        assertThat(same.version()).isEqualTo(before.version());
        assertThat(server.api().merge(path, "spec: {replicas: 0}").version()).isEqualTo(before.version());

        Answer labelled = server.api().merge(path, "metadata: {labels: {l: v}}").expect(200);
        assertThat(labelled.at("/metadata/generation").asInt()).isEqualTo(1);
        Answer changed = server.api().merge(path, "spec: {minReadySeconds: 1}").expect(200);
        assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(changed.uid()).isEqualTo(made.uid());
        assertThat(changed.text("/metadata/creationTimestamp")).isEqualTo(made.text("/metadata/creationTimestamp"));
    }

    @OnBoth
    void aDeletionMayNameTheObjectItMeans(Server server) {
        String path = server.core("configmaps/a");
        Answer made = server.api()
                .post(server.core("configmaps"), "metadata: {name: a}")
                .expect(201);

        Answer other = server.api()
                .delete(path, "preconditions: {uid: 11111111-2222-3333-4444-555555555555}")
                .refused(409, "Conflict");
        assertThat(other.message()).contains("the UID in the precondition (11111111-2222-3333-4444-555555555555)");
        Answer older = server.api()
                .delete(path, "preconditions: {resourceVersion: \"1\"}")
                .refused(409, "Conflict");
        assertThat(older.message()).contains("the ResourceVersion in the precondition (1)");

        Answer gone = server.api()
                .delete(path, "preconditions: {uid: " + made.uid() + ", resourceVersion: \"" + made.version() + "\"}")
                .expect(200);
        assertThat(gone.text("/kind")).isEqualTo("Status");
        assertThat(gone.text("/status")).isEqualTo("Success");
        assertThat(gone.text("/details/uid")).isEqualTo(made.uid());
        assertThat(gone.text("/details/name")).isEqualTo("a");
        server.api().delete(path).refused(404, "NotFound");
    }

    @OnBoth
    void defaultsAreFilledIn(Server server) {
        Answer deployment =
                server.api().post(server.path("apps/v1", "deployments"), """
                        metadata: {name: a}
                        spec:
                          selector: {matchLabels: {app: a}}
                          template:
                            metadata: {labels: {app: a}}
                            spec: {containers: [{name: c, image: "nginx:1", ports: [{containerPort: 80}]}]}
                        """).expect(201);
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(deployment.text("/spec/strategy/type")).isEqualTo("RollingUpdate");
        assertThat(deployment.text("/spec/strategy/rollingUpdate/maxSurge")).isEqualTo("25%");
        assertThat(deployment.at("/spec/revisionHistoryLimit").asInt()).isEqualTo(10);
        assertThat(deployment.at("/spec/progressDeadlineSeconds").asInt()).isEqualTo(600);
        assertThat(deployment.text("/spec/template/spec/restartPolicy")).isEqualTo("Always");
        assertThat(deployment.text("/spec/template/spec/dnsPolicy")).isEqualTo("ClusterFirst");
        assertThat(deployment.text("/spec/template/spec/schedulerName")).isEqualTo("default-scheduler");
        assertThat(deployment.at("/spec/template/spec/securityContext").isObject())
                .isTrue();
        assertThat(deployment
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isEqualTo(30);
        assertThat(deployment.text("/spec/template/spec/containers/0/imagePullPolicy"))
                .isEqualTo("IfNotPresent");
        assertThat(deployment.text("/spec/template/spec/containers/0/terminationMessagePath"))
                .isEqualTo("/dev/termination-log");
        assertThat(deployment.text("/spec/template/spec/containers/0/ports/0/protocol"))
                .isEqualTo("TCP");
        assertThat(deployment.at("/spec/template/spec/containers/0/resources").isObject())
                .isTrue();

        Answer service = server.api()
                .post(server.core("services"), "{metadata: {name: a}, spec: {selector: {app: a}, ports: [{port: 80}]}}")
                .expect(201);
        assertThat(service.text("/spec/type")).isEqualTo("ClusterIP");
        assertThat(service.text("/spec/clusterIP")).matches("10\\.96\\.\\d+\\.\\d+");
        assertThat(service.text("/spec/clusterIPs/0")).isEqualTo(service.text("/spec/clusterIP"));
        assertThat(service.text("/spec/ports/0/protocol")).isEqualTo("TCP");
        assertThat(service.at("/spec/ports/0/targetPort").asInt()).isEqualTo(80);
        assertThat(service.text("/spec/sessionAffinity")).isEqualTo("None");
        assertThat(service.text("/spec/ipFamilyPolicy")).isEqualTo("SingleStack");
        assertThat(service.text("/spec/internalTrafficPolicy")).isEqualTo("Cluster");
    }
}
