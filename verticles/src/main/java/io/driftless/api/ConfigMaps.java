package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.cluster.Cluster;
import io.driftless.http.HttpFailure;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// ConfigMaps of the installation that are looked at when somebody asks. Calls block.
final class ConfigMaps {
    private final ControlObjects objects;
    private final String namespace;

    ConfigMaps(Cluster cluster, String namespace) {
        this.objects = new ControlObjects(cluster, "v1", "ConfigMap");
        this.namespace = namespace;
    }

    /// The data of a ConfigMap; empty when there is none of this name.
    Map<String, String> data(String name) {
        return objects.get(namespace, name).map(ConfigMaps::texts).orElse(Map.of());
    }

    /// Changes the data; makes the ConfigMap where there is none. `edit` may be called several times.
    void change(String name, UnaryOperator<Map<String, String>> edit) {
        if (objects.get(namespace, name).isEmpty()) {
            Map<String, String> first = edit.apply(new TreeMap<>());
            if (objects.create(document(name, first)).isPresent()) {
                return;
            }
        }
        objects.change(
                namespace,
                name,
                current -> {
                    Map<String, String> after = edit.apply(new TreeMap<>(texts(current)));
                    ObjectNode data = current.putObject("data");
                    after.forEach(data::put);
                    return current;
                },
                () -> HttpFailure.conflict("ConfigMap " + name + " is changing; try again"));
    }

    private ObjectNode document(String name, Map<String, String> data) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata")
                .put("name", name)
                .put("namespace", namespace)
                .putObject("labels")
                .put("app.kubernetes.io/part-of", "argocd")
                .put("app.kubernetes.io/name", name);
        data.forEach(map.putObject("data")::put);
        return map;
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new TreeMap<>();
        map.path("data")
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
