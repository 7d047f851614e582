package io.driftless.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Many Applications as they lie in a cluster after a while: six resources, a finished operation, a history. Fifty to a
/// project.
final class ApiFleet {
    static final int IN_PROJECT = 50;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] KINDS = {
        "ServiceAccount", "ConfigMap", "Service", "Deployment", "Ingress", "PodDisruptionBudget"
    };
    private static final String TIME = "2026-01-01T00:00:00Z";
    private final String namespace;
    private final int size;

    ApiFleet(String namespace, int size) {
        this.namespace = namespace;
        this.size = size;
    }

    static String name(int app) {
        return "app-%05d".formatted(app);
    }

    static String project(int app) {
        return "team-%03d".formatted(app / IN_PROJECT);
    }

    String path() {
        return "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/applications";
    }

    void create(ApiAddress address, Progress progress) throws IOException {
        try (RawApi api = new RawApi(address)) {
            for (int app = 0; app < size; app++) {
                // Applied, not created: a run that was broken off leaves some on a cluster that stays.
                api.apply(path() + '/' + name(app), JSON.writeValueAsString(document(app)));
                progress.step("api: Applications", app + 1, size);
            }
        }
    }

    /// Takes them away again, from a cluster that stays.
    void delete(ApiAddress address) throws IOException {
        try (RawApi api = new RawApi(address)) {
            api.call("DELETE", path() + "?labelSelector=bench%3Dapi", "application/json", "");
        }
    }

    private ObjectNode document(int app) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("apiVersion", "argoproj.io/v1alpha1").put("kind", "Application");
        ObjectNode metadata = document.putObject("metadata");
        metadata.put("name", name(app)).put("namespace", namespace);
        metadata.putObject("labels").put("bench", "api").put("team", project(app));
        ObjectNode spec = document.putObject("spec");
        spec.put("project", project(app));
        spec.set("source", source(app));
        spec.set("destination", destination(app));
        status(document.putObject("status"), app);
        return document;
    }

    private static ObjectNode source(int app) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("repoURL", "https://git.example.com/" + project(app) + "/config.git")
                .put("path", "apps/" + name(app) + "/overlays/production")
                .put("targetRevision", "main");
    }

    private static ObjectNode destination(int app) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("server", "https://kubernetes.default.svc")
                .put("namespace", name(app));
    }

    private static void status(ObjectNode status, int app) {
        ObjectNode sync = status.putObject("sync").put("status", "Synced").put("revision", revision(app));
        sync.putObject("comparedTo").<ObjectNode>set("source", source(app)).set("destination", destination(app));
        status.putObject("health").put("status", "Healthy").put("lastTransitionTime", TIME);
        status.put("reconciledAt", TIME).put("sourceType", "Kustomize");
        ArrayNode resources = status.putArray("resources");
        for (String kind : KINDS) {
            resources
                    .addObject()
                    .put("version", "v1")
                    .put("kind", kind)
                    .put("namespace", name(app))
                    .put("name", "web")
                    .put("status", "Synced");
        }
        ArrayNode history = status.putArray("history");
        for (int id = 0; id < 5; id++) {
            ObjectNode entry = history.addObject()
                    .put("id", id)
                    .put("revision", revision(app + id))
                    .put("deployedAt", TIME)
                    .put("deployStartedAt", TIME);
            entry.set("source", source(app));
        }
        ObjectNode operation = status.putObject("operationState");
        operation.put("phase", "Succeeded").put("message", "successfully synced (all tasks run)");
        operation.put("startedAt", TIME).put("finishedAt", TIME);
        operation.putObject("operation").putObject("sync").put("revision", revision(app));
        operation.putObject("syncResult").put("revision", revision(app)).set("source", source(app));
    }

    static String revision(int number) {
        return "%040x".formatted(0x1234_5678_9abcL * 31 + number);
    }
}
