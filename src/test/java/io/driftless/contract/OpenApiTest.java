package io.driftless.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// The schemas, as far as clients need them to validate, merge and explain.
class OpenApiTest {
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", "io.k8s.api.core.v1.ConfigMap"),
            Map.entry("v1 Secret", "io.k8s.api.core.v1.Secret"),
            Map.entry("v1 Service", "io.k8s.api.core.v1.Service"),
            Map.entry("v1 Pod", "io.k8s.api.core.v1.Pod"),
            Map.entry("v1 Namespace", "io.k8s.api.core.v1.Namespace"),
            Map.entry("v1 ServiceAccount", "io.k8s.api.core.v1.ServiceAccount"),
            Map.entry("v1 PersistentVolumeClaim", "io.k8s.api.core.v1.PersistentVolumeClaim"),
            Map.entry("apps/v1 Deployment", "io.k8s.api.apps.v1.Deployment"),
            Map.entry("apps/v1 StatefulSet", "io.k8s.api.apps.v1.StatefulSet"),
            Map.entry("apps/v1 DaemonSet", "io.k8s.api.apps.v1.DaemonSet"),
            Map.entry("apps/v1 ReplicaSet", "io.k8s.api.apps.v1.ReplicaSet"),
            Map.entry("batch/v1 Job", "io.k8s.api.batch.v1.Job"),
            Map.entry("batch/v1 CronJob", "io.k8s.api.batch.v1.CronJob"),
            Map.entry("networking.k8s.io/v1 Ingress", "io.k8s.api.networking.v1.Ingress"),
            Map.entry("rbac.authorization.k8s.io/v1 Role", "io.k8s.api.rbac.v1.Role"),
            Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", "io.k8s.api.rbac.v1.RoleBinding"));

    private static String groupVersionKind(String groupVersion, String kind) {
        int slash = groupVersion.indexOf('/');
        String group = slash < 0 ? "" : groupVersion.substring(0, slash);
        return "{\"group\":\"" + group + "\",\"kind\":\"" + kind + "\",\"version\":\""
                + groupVersion.substring(slash + 1) + "\"}";
    }

    @OnBoth
    void theIndexLeadsToADocumentForEachGroup(Server server) {
        Answer index = server.api().get("/openapi/v3").expect(200);

        for (String group :
                new String[] {"api/v1", "apis/apps/v1", "apis/batch/v1", "apis/rbac.authorization.k8s.io/v1"}) {
            String path =
                    index.at("/paths").path(group).path("serverRelativeURL").asText();
            assertThat(path).as(group).startsWith("/openapi/v3/" + group + "?hash=");
            assertThat(server.api().get(path).expect(200).text("/openapi")).startsWith("3.0");
        }
        server.api().get("/openapi/v3/apis/nobody.example.com/v1").expect(404);
    }

    @OnBoth
    void kindsAreFoundInTheirDocuments(Server server) {
        KINDS.forEach((kind, schema) -> {
            String[] parts = kind.split(" ");
            String path = parts[0].equals("v1") ? "api/v1" : "apis/" + parts[0];
            JsonNode document =
                    server.api().get("/openapi/v3/" + path).expect(200).body();
            JsonNode found = document.at("/components/schemas").path(schema);
            assertThat(found.path("x-kubernetes-group-version-kind").toString())
                    .as(kind)
                    .contains(groupVersionKind(parts[0], parts[1]));
            assertThat(found.path("properties").has("metadata")).as(kind).isTrue();
        });
    }

    @OnBoth
    void listsSayHowTheyAreMerged(Server server) {
        JsonNode schemas =
                server.api().get("/openapi/v3/apis/apps/v1").expect(200).at("/components/schemas");
        JsonNode pod = schemas.path("io.k8s.api.core.v1.PodSpec").path("properties");

        JsonNode containers = pod.path("containers");
        assertThat(containers.path("type").asText()).isEqualTo("array");
        assertThat(containers.path("x-kubernetes-list-type").asText()).isEqualTo("map");
        assertThat(containers.path("x-kubernetes-list-map-keys").toString()).isEqualTo("[\"name\"]");
        assertThat(containers.path("x-kubernetes-patch-merge-key").asText()).isEqualTo("name");
        assertThat(containers.path("x-kubernetes-patch-strategy").asText()).isEqualTo("merge");
        assertThat(pod.path("nodeSelector").path("x-kubernetes-map-type").asText())
                .isEqualTo("atomic");
        assertThat(pod.path("tolerations").path("x-kubernetes-list-type").asText())
                .isEqualTo("atomic");
        JsonNode ports =
                schemas.path("io.k8s.api.core.v1.Container").path("properties").path("ports");
        assertThat(ports.path("x-kubernetes-list-map-keys").toString()).isEqualTo("[\"containerPort\",\"protocol\"]");
        JsonNode meta =
                schemas.path("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta").path("properties");
        assertThat(meta.path("finalizers").path("x-kubernetes-list-type").asText())
                .isEqualTo("set");
        assertThat(schemas.path("io.k8s.api.apps.v1.DeploymentSpec")
                        .path("required")
                        .toString())
                .isEqualTo("[\"selector\",\"template\"]");
    }

    @OnBoth
    void thePathsOfAKindSayWhatCanBeDoneThere(Server server) {
        JsonNode paths =
                server.api().get("/openapi/v3/apis/apps/v1").expect(200).at("/paths");
        JsonNode one = paths.path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}");

        assertThat(one.has("get") && one.has("put") && one.has("patch") && one.has("delete"))
                .isTrue();
        assertThat(one.at("/patch/x-kubernetes-action").asText()).isEqualTo("patch");
        assertThat(one.at("/patch/parameters").toString())
                .contains("\"name\":\"fieldValidation\"", "\"name\":\"dryRun\"");
        assertThat(one.at("/patch/x-kubernetes-group-version-kind/kind").asText())
                .isEqualTo("Deployment");
    }

    @OnBoth
    void theOldDocumentHoldsAllKinds(Server server) {
        Answer document = server.api().get("/openapi/v2").expect(200);

        assertThat(document.text("/swagger")).isEqualTo("2.0");
        KINDS.forEach((kind, schema) -> {
            String[] parts = kind.split(" ");
            assertThat(document.at("/definitions")
                            .path(schema)
                            .path("x-kubernetes-group-version-kind")
                            .toString())
                    .as(kind)
                    .contains(groupVersionKind(parts[0], parts[1]));
        });
        assertThat(document.at(
                                "/definitions/io.k8s.api.core.v1.PodSpec/properties/containers/x-kubernetes-patch-merge-key")
                        .asText())
                .isEqualTo("name");
    }

    @OnBoth
    void aDefinedKindHasItsSchemaInBoth(Server server) {
        String plural = Crds.define(
                server,
                "opens",
                "type: object, description: a thing, properties: {spec: {type: object, description: what it is to be, properties: {size: {type: integer, description: how large}}}}",
                "");
        String path = "/openapi/v3/apis/" + Crds.GROUP + "/v1";
        String schema = "io.driftless.contract.v1." + Crds.kind(plural);

        server.await(
                path,
                "its schema is there",
                body -> body.at("/components/schemas").has(schema));

        JsonNode found = server.api().get(path).at("/components/schemas").path(schema);
        assertThat(found.path("description").asText()).isEqualTo("a thing");
        assertThat(found.at("/properties/spec/properties/size/description").asText())
                .isEqualTo("how large");
        assertThat(found.path("x-kubernetes-group-version-kind").toString())
                .contains(groupVersionKind(Crds.GROUP + "/v1", Crds.kind(plural)));
        server.await(
                "the old document has it too",
                () -> server.api().get("/openapi/v2").at("/definitions").has(schema));
    }
}
