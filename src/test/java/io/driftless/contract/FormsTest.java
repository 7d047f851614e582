package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The forms of an answer: JSON, YAML, Tables, metadata alone.
class FormsTest {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    /// The columns of a kind as the real server has them; wide ones with a plus.
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("/apis/apps/v1/deployments", "Name Ready Up-to-date Available Age +Containers +Images +Selector"),
            Map.entry("/apis/apps/v1/replicasets", "Name Desired Current Ready Age +Containers +Images +Selector"),
            Map.entry("/apis/apps/v1/statefulsets", "Name Ready Age +Containers +Images"),
            Map.entry(
                    "/apis/apps/v1/daemonsets",
                    "Name Desired Current Ready Up-to-date Available Node_Selector Age +Containers +Images +Selector"),
            Map.entry("/api/v1/pods", "Name Ready Status Restarts Age +IP +Node +Nominated_Node +Readiness_Gates"),
            Map.entry("/api/v1/services", "Name Type Cluster-IP External-IP Port(s) Age +Selector"),
            Map.entry("/api/v1/endpoints", "Name Endpoints Age"),
            Map.entry("/api/v1/configmaps", "Name Data Age"),
            Map.entry("/api/v1/secrets", "Name Type Data Age"),
            Map.entry("/api/v1/namespaces", "Name Status Age"),
            Map.entry(
                    "/api/v1/nodes",
                    "Name Status Roles Age Version +Internal-IP +External-IP +OS-Image +Kernel-Version +Container-Runtime"),
            Map.entry(
                    "/api/v1/persistentvolumeclaims",
                    "Name Status Volume Capacity Access_Modes StorageClass VolumeAttributesClass Age +VolumeMode"),
            Map.entry(
                    "/api/v1/persistentvolumes",
                    "Name Capacity Access_Modes Reclaim_Policy Status Claim StorageClass VolumeAttributesClass Reason Age"
                            + " +VolumeMode"),
            Map.entry(
                    "/api/v1/events",
                    "Last_Seen Type Reason Object +Subobject +Source Message +First_Seen +Count +Name"),
            Map.entry("/apis/batch/v1/jobs", "Name Status Completions Duration Age +Containers +Images +Selector"),
            Map.entry(
                    "/apis/batch/v1/cronjobs",
                    "Name Schedule Timezone Suspend Active Last_Schedule Age +Containers +Images +Selector"),
            Map.entry("/apis/networking.k8s.io/v1/ingresses", "Name Class Hosts Address Ports Age"),
            Map.entry("/apis/networking.k8s.io/v1/networkpolicies", "Name Pod-Selector Age"),
            Map.entry(
                    "/apis/autoscaling/v2/horizontalpodautoscalers",
                    "Name Reference Targets MinPods MaxPods Replicas Age"),
            Map.entry(
                    "/apis/policy/v1/poddisruptionbudgets",
                    "Name Min_Available Max_Unavailable Allowed_Disruptions Age"),
            Map.entry("/apis/rbac.authorization.k8s.io/v1/clusterroles", "Name Created_At"),
            Map.entry("/apis/coordination.k8s.io/v1/leases", "Name Holder Age"),
            Map.entry(
                    "/apis/storage.k8s.io/v1/storageclasses",
                    "Name Provisioner ReclaimPolicy VolumeBindingMode AllowVolumeExpansion Age"),
            Map.entry("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "Name Created_At"));

    @OnBoth
    void everyKindHasItsColumns(Server server) {
        Api api = server.api().with("Accept", TABLE);
        COLUMNS.forEach((path, columns) -> {
            List<String> found = new ArrayList<>();
            api.get(path + "?limit=1")
                    .expect(200)
                    .at("/columnDefinitions")
                    .forEach(column -> found.add((column.path("priority").asInt() > 0 ? "+" : "")
                            + column.path("name").asText().replace(' ', '_')));
            assertThat(String.join(" ", found)).as(path).isEqualTo(columns);
        });
    }

    @OnBoth
    void aRowSaysWhatPeopleLookFor(Server server) {
        server.api()
                .post(
                        server.core("services"),
                        "{metadata: {name: s}, spec: {ports: [{port: 80, name: a}, {port: 81, name: b, protocol: UDP}]}}")
                .expect(201);
        server.api().post(server.path("networking.k8s.io/v1", "ingresses"), """
                        metadata: {name: i}
                        spec: {rules: [{host: a.b, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}]}}]}
                        """).expect(201);
        server.api().post(server.path("batch/v1", "jobs"), """
                        metadata: {name: j}
                        spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
                        """).expect(201);
        server.await(
                server.path("batch/v1", "jobs/j"),
                "it is done",
                job -> job.at("/status/succeeded").asInt() == 1);

        assertThat(row(server, server.core("services/s"))).contains("ClusterIP", "<none>", "80/TCP,81/UDP");
        assertThat(row(server, server.path("networking.k8s.io/v1", "ingresses/i")))
                .contains("<none>", "a.b", "80");
        assertThat(row(server, server.path("batch/v1", "jobs/j"))).contains("Complete", "1/1");
        assertThat(row(server, "/api/v1/nodes/node-0")).contains("Ready");
    }

    private static List<String> row(Server server, String path) {
        List<String> cells = new ArrayList<>();
        server.api()
                .with("Accept", TABLE)
                .get(path)
                .expect(200)
                .at("/rows/0/cells")
                .forEach(cell -> cells.add(cell.asText()));
        return cells;
    }

    @OnBoth
    void yamlIsForThoseWhoAskForIt(Server server) {
        server.api()
                .post(server.core("configmaps"), "{metadata: {name: a}, data: {k: v}}")
                .expect(201);

        Answer yaml = server.api()
                .with("Accept", "application/yaml")
                .get(server.core("configmaps/a"))
                .expect(200);

        assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(yaml.body().isMissingNode()).isTrue();
        assertThat(Api.yaml(yaml.raw()).at("/data/k").asText()).isEqualTo("v");
        Answer made = server.api()
                .send("POST", server.core("configmaps"), "application/yaml", "metadata:\n  name: b\ndata:\n  k: v\n")
                .expect(201);
        assertThat(made.text("/data/k")).isEqualTo("v");
        Answer pretty =
                server.api().get(server.core("configmaps/a?pretty=true")).expect(200);
        assertThat(pretty.raw().lines().count()).isGreaterThan(5);
    }

    @OnBoth
    void formsThatNobodyKnowsAreRefused(Server server) {
        String maps = server.core("configmaps");

        Answer page = server.api().with("Accept", "text/html").get(maps).refused(406, "NotAcceptable");
        assertThat(page.message())
                .startsWith("406: Not Acceptable\n\nAvailable representations: application/json, application/yaml,");
        server.api()
                .with("Accept", "application/json;as=Some;v=v1;g=meta.k8s.io")
                .get(maps)
                .refused(406, "NotAcceptable");
        for (String type : List.of("text/plain", "application/cbor")) {
            server.api()
                    .send("POST", maps, type, "{\"metadata\": {\"name\": \"a\"}}")
                    .refused(415, "UnsupportedMediaType");
        }
        server.api().with("Accept", TABLE + ",application/json").get(maps).expect(200);
    }

    @OnBoth
    void whatCannotBeReadIsRefused(Server server) {
        String maps = server.core("configmaps");

        for (String body : List.of("{\"metadata\": {\"name\": \"a\"", "[]", "\"text\"")) {
            Answer refused =
                    server.api().send("POST", maps, "application/json", body).refused(400, "BadRequest");
            assertThat(refused.message())
                    .startsWith("the object provided is unrecognized (must be of type ConfigMap): ");
        }
        server.api()
                .send("POST", maps, "application/yaml", "metadata: {name: a")
                .refused(400, "BadRequest");
    }

    @OnBoth
    void theServerSaysHowItIs(Server server) {
        for (String path : List.of("/livez", "/readyz", "/healthz", "/readyz/ping")) {
            Answer answer = server.api().get(path).expect(200);
            assertThat(answer.raw()).isEqualTo("ok");
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        }
        assertThat(server.api().get("/livez?verbose").expect(200).raw())
                .contains("[+]ping ok")
                .endsWith("livez check passed\n");
        Answer version = server.api().get("/version").expect(200);
        assertThat(version.text("/major") + "." + version.text("/minor")).isEqualTo("1.36");
        assertThat(server.api().get("/").expect(200).at("/paths").findValuesAsText(""))
                .isNotNull();
    }
}
