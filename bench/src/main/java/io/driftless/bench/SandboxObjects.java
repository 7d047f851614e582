package io.driftless.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftless.objects.yaml.GoYaml;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What the figures about the sandbox write: ConfigMaps, and whole applications to fill it.
final class SandboxObjects {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> PATHS = Map.of(
            "serviceaccount", "/api/v1/namespaces/%s/serviceaccounts",
            "configmap", "/api/v1/namespaces/%s/configmaps",
            "service", "/api/v1/namespaces/%s/services",
            "deployment", "/apis/apps/v1/namespaces/%s/deployments",
            "ingress", "/apis/networking.k8s.io/v1/namespaces/%s/ingresses",
            "poddisruptionbudget", "/apis/policy/v1/namespaces/%s/poddisruptionbudgets");

    /// The kinds that are there once an application of the workload is, with what controllers make of it.
    private static final List<String> KINDS = List.of(
            "/api/v1/serviceaccounts",
            "/api/v1/configmaps",
            "/api/v1/services",
            "/api/v1/endpoints",
            "/apis/discovery.k8s.io/v1/endpointslices",
            "/apis/apps/v1/deployments",
            "/apis/apps/v1/replicasets",
            "/api/v1/pods",
            "/apis/networking.k8s.io/v1/ingresses",
            "/apis/policy/v1/poddisruptionbudgets");

    private SandboxObjects() {}

    static String configMap(String namespace, String name, String edition) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\""
                + namespace + "\",\"labels\":{\"app\":\"bench\",\"part\":\"configuration\"}},\"data\":{\"edition\":\""
                + edition + "\",\"one\":\"the first of a few values\",\"two\":\"another value\"}}";
    }

    static void namespace(RawApi api, String name) throws IOException {
        api.apply(
                "/api/v1/namespaces/" + name,
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    /// Creates one application of the workload.
    static void application(RawApi api, Workload workload, int app) throws IOException {
        for (Map.Entry<String, String> document : workload.documents(app, "1").entrySet()) {
            String path = PATHS.getOrDefault(document.getKey(), "").formatted(workload.namespace());
            JsonNode object = GoYaml.readOne("bench.yaml", document.getValue());
            api.call("POST", path + "?fieldManager=bench", "application/json", object.toString());
        }
    }

    /// How many objects there are of these kinds.
    static int count(RawApi api) throws IOException {
        int all = 0;
        for (String kind : KINDS) {
            JsonNode list = JSON.readTree(api.call("GET", kind + "?limit=1", "application/json", ""));
            all += list.path("items").size()
                    + list.path("metadata").path("remainingItemCount").asInt();
        }
        return all;
    }
}
