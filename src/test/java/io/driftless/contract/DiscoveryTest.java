package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a server says it serves.
class DiscoveryTest {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static JsonNode named(JsonNode array, String field, String name) {
        for (JsonNode item : array) {
            if (item.path(field).asText().equals(name)) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    @OnBoth
    void theVersionIsThatOfAKubernetes(Server server) {
        Answer version = server.api().get("/version").expect(200);

        assertThat(version.text("/major")).isEqualTo("1");
        assertThat(version.text("/minor")).matches("\\d+");
        assertThat(version.text("/gitVersion")).startsWith("v1." + version.text("/minor") + ".");
        for (String path : List.of("/healthz", "/livez", "/readyz")) {
            assertThat(server.api().get(path).expect(200).raw()).isEqualTo("ok");
        }
    }

    @OnBoth
    void groupsAreListedWithTheirVersions(Server server) {
        Answer core = server.api().get("/api").expect(200);
        assertThat(core.text("/kind")).isEqualTo("APIVersions");
        assertThat(texts(core.at("/versions"))).containsExactly("v1");

        Answer groups = server.api().get("/apis").expect(200);
        assertThat(groups.text("/kind")).isEqualTo("APIGroupList");
        assertThat(groups.at("/groups").findValuesAsText("name"))
                .contains(
                        "apps",
                        "batch",
                        "autoscaling",
                        "networking.k8s.io",
                        "rbac.authorization.k8s.io",
                        "apiextensions.k8s.io",
                        "policy",
                        "coordination.k8s.io",
                        "discovery.k8s.io",
                        "storage.k8s.io",
                        "scheduling.k8s.io",
                        "admissionregistration.k8s.io",
                        "apiregistration.k8s.io",
                        "authentication.k8s.io",
                        "authorization.k8s.io",
                        "events.k8s.io");
        JsonNode apps = named(groups.at("/groups"), "name", "apps");
        assertThat(apps.at("/preferredVersion/groupVersion").asText()).isEqualTo("apps/v1");
        assertThat(apps.at("/versions/0/version").asText()).isEqualTo("v1");
        assertThat(server.api().get("/apis/apps").expect(200).text("/kind")).isEqualTo("APIGroup");
        server.api().get("/apis/nobody.example.com").expect(404);
        server.api().get("/apis/apps/v7").expect(404);
    }

    @OnBoth
    void resourcesSayHowTheyAreServed(Server server) {
        Answer core = server.api().get("/api/v1").expect(200);
        assertThat(core.text("/kind")).isEqualTo("APIResourceList");
        assertThat(core.text("/groupVersion")).isEqualTo("v1");
        JsonNode maps = named(core.at("/resources"), "name", "configmaps");
        assertThat(maps.path("singularName").asText()).isEqualTo("configmap");
        assertThat(maps.path("namespaced").asBoolean()).isTrue();
        assertThat(maps.path("kind").asText()).isEqualTo("ConfigMap");
        assertThat(texts(maps.path("shortNames"))).containsExactly("cm");
        assertThat(texts(maps.path("verbs")))
                .containsExactly("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
        assertThat(named(core.at("/resources"), "name", "namespaces")
                        .path("namespaced")
                        .asBoolean())
                .isFalse();
        assertThat(texts(named(core.at("/resources"), "name", "pods/status").path("verbs")))
                .containsExactly("get", "patch", "update");

        Answer apps = server.api().get("/apis/apps/v1").expect(200);
        JsonNode deployments = named(apps.at("/resources"), "name", "deployments");
        assertThat(texts(deployments.path("categories"))).containsExactly("all");
        assertThat(texts(deployments.path("shortNames"))).containsExactly("deploy");
        JsonNode scale = named(apps.at("/resources"), "name", "deployments/scale");
        assertThat(scale.path("kind").asText()).isEqualTo("Scale");
        assertThat(scale.path("group").asText()).isEqualTo("autoscaling");
        assertThat(scale.path("version").asText()).isEqualTo("v1");
        assertThat(scale.path("singularName").asText()).isEmpty();
    }

    /// Group, plural, kind, namespaced, short names and categories of every kind that is often deployed.
    private static Stream<String> known() {
        return Stream.of(
                "v1 configmaps ConfigMap true [cm] []",
                "v1 secrets Secret true [] []",
                "v1 services Service true [svc] [all]",
                "v1 pods Pod true [po] [all]",
                "v1 serviceaccounts ServiceAccount true [sa] []",
                "v1 namespaces Namespace false [ns] []",
                "v1 nodes Node false [no] []",
                "v1 persistentvolumes PersistentVolume false [pv] []",
                "v1 persistentvolumeclaims PersistentVolumeClaim true [pvc] []",
                "v1 endpoints Endpoints true [ep] []",
                "v1 events Event true [ev] []",
                "v1 resourcequotas ResourceQuota true [quota] []",
                "v1 limitranges LimitRange true [limits] []",
                "v1 replicationcontrollers ReplicationController true [rc] [all]",
                "apps/v1 deployments Deployment true [deploy] [all]",
                "apps/v1 replicasets ReplicaSet true [rs] [all]",
                "apps/v1 statefulsets StatefulSet true [sts] [all]",
                "apps/v1 daemonsets DaemonSet true [ds] [all]",
                "apps/v1 controllerrevisions ControllerRevision true [] []",
                "batch/v1 jobs Job true [] [all]",
                "batch/v1 cronjobs CronJob true [cj] [all]",
                "autoscaling/v2 horizontalpodautoscalers HorizontalPodAutoscaler true [hpa] [all]",
                "networking.k8s.io/v1 ingresses Ingress true [ing] []",
                "networking.k8s.io/v1 ingressclasses IngressClass false [] []",
                "networking.k8s.io/v1 networkpolicies NetworkPolicy true [netpol] []",
                "policy/v1 poddisruptionbudgets PodDisruptionBudget true [pdb] []",
                "rbac.authorization.k8s.io/v1 roles Role true [] []",
                "rbac.authorization.k8s.io/v1 rolebindings RoleBinding true [] []",
                "rbac.authorization.k8s.io/v1 clusterroles ClusterRole false [] []",
                "rbac.authorization.k8s.io/v1 clusterrolebindings ClusterRoleBinding false [] []",
                "storage.k8s.io/v1 storageclasses StorageClass false [sc] []",
                "scheduling.k8s.io/v1 priorityclasses PriorityClass false [pc] []",
                "coordination.k8s.io/v1 leases Lease true [] []",
                "discovery.k8s.io/v1 endpointslices EndpointSlice true [] []",
                "apiextensions.k8s.io/v1 customresourcedefinitions CustomResourceDefinition false [crd crds] [api-extensions]",
                "apiregistration.k8s.io/v1 apiservices APIService false [] [api-extensions]",
                "admissionregistration.k8s.io/v1 validatingwebhookconfigurations ValidatingWebhookConfiguration false [] [api-extensions]",
                "admissionregistration.k8s.io/v1 mutatingwebhookconfigurations MutatingWebhookConfiguration false [] [api-extensions]");
    }

    @OnBoth
    void theKindsThatAreDeployedAreServed(Server server) {
        List<String> served = new ArrayList<>();
        List<String> wanted = known().toList();
        for (String groupVersion :
                wanted.stream().map(line -> line.split(" ")[0]).distinct().toList()) {
            String path = groupVersion.equals("v1") ? "/api/v1" : "/apis/" + groupVersion;
            server.api()
                    .get(path)
                    .at("/resources")
                    .forEach(resource -> served.add(String.join(
                            " ",
                            groupVersion,
                            resource.path("name").asText(),
                            resource.path("kind").asText(),
                            resource.path("namespaced").asText(),
                            texts(resource.path("shortNames")).toString().replace(",", ""),
                            texts(resource.path("categories")).toString().replace(",", ""))));
        }
        assertThat(served).containsAll(wanted);
    }

    @OnBoth
    void everythingIsToldInOneDocumentWhereAskedFor(Server server) {
        Answer groups = server.api().with("Accept", AGGREGATED).get("/apis").expect(200);
        assertThat(groups.header("Content-Type")).isEqualTo(AGGREGATED);
        assertThat(groups.text("/kind")).isEqualTo("APIGroupDiscoveryList");
        assertThat(groups.text("/apiVersion")).isEqualTo("apidiscovery.k8s.io/v2");
        JsonNode apps = MissingNode.getInstance();
        for (JsonNode item : groups.at("/items")) {
            if (item.at("/metadata/name").asText().equals("apps")) {
                apps = item;
            }
        }
        assertThat(apps.at("/versions/0/version").asText()).isEqualTo("v1");
        assertThat(apps.at("/versions/0/freshness").asText()).isEqualTo("Current");
        JsonNode deployments = named(apps.at("/versions/0/resources"), "resource", "deployments");
        assertThat(deployments.at("/responseKind/kind").asText()).isEqualTo("Deployment");
        assertThat(deployments.path("scope").asText()).isEqualTo("Namespaced");
        assertThat(deployments.path("singularResource").asText()).isEqualTo("deployment");
        assertThat(texts(deployments.path("categories"))).containsExactly("all");
        assertThat(deployments.path("subresources").findValuesAsText("subresource"))
                .containsExactly("scale", "status");
        assertThat(named(deployments.path("subresources"), "subresource", "scale")
                        .at("/responseKind")
                        .toString())
                .isEqualTo("{\"group\":\"autoscaling\",\"version\":\"v1\",\"kind\":\"Scale\"}");

        Answer core = server.api()
                .with("Accept", AGGREGATED + ",application/json")
                .get("/api")
                .expect(200);
        assertThat(core.text("/kind")).isEqualTo("APIGroupDiscoveryList");
        assertThat(core.at("/items")).hasSize(1);
        assertThat(core.at("/items/0/metadata/name").asText()).isEmpty();
        assertThat(named(core.at("/items/0/versions/0/resources"), "resource", "configmaps")
                        .isObject())
                .isTrue();
    }

    @OnBoth
    void aDocumentThatIsKnownIsNotSentAgain(Server server) {
        Answer first = server.api().with("Accept", AGGREGATED).get("/apis").expect(200);
        assertThat(first.header("ETag")).isNotEmpty();

        Answer again = server.api()
                .with("Accept", AGGREGATED)
                .with("If-None-Match", first.header("ETag"))
                .get("/apis");

        assertThat(again.code()).isIn(304, 200);
        assertThat(again.code() == 304 || !again.header("ETag").equals(first.header("ETag")))
                .as("not the same document once more")
                .isTrue();
    }

    @OnBoth
    void aDefinedKindIsDiscoveredAndForgottenAgain(Server server) {
        String plural = Crds.define(server, "discs", "subresources: {status: {}}");
        String path = "/apis/" + Crds.GROUP + "/v1";

        JsonNode resource = named(
                server.await(path, "it is listed", body -> body.toString().contains('"' + plural + '"'))
                        .path("resources"),
                "name",
                plural);
        assertThat(resource.path("kind").asText()).isEqualTo(Crds.kind(plural));
        assertThat(resource.path("singularName").asText()).isEqualTo("one" + plural);
        assertThat(texts(resource.path("shortNames"))).containsExactly("s" + plural);
        assertThat(texts(resource.path("categories"))).containsExactly("c" + plural);
        assertThat(texts(resource.path("verbs")))
                .containsExactlyInAnyOrder(
                        "delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
        server.await(path, "so is its status", body -> body.toString().contains('"' + plural + "/status\""));
        Api aggregated = server.api().with("Accept", AGGREGATED);
        server.await(
                "it is in the one document", () -> aggregated.get("/apis").raw().contains('"' + plural + '"'));

        server.api()
                .delete("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + "." + Crds.GROUP)
                .expect(200);
        server.await(
                "it is gone from the one document",
                () -> !aggregated.get("/apis").raw().contains('"' + plural + '"'));
        server.await(
                "it is not served",
                () -> server.api().get(server.path(Crds.GROUP + "/v1", plural)).code() == 404);
    }
}
