package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.http.Answers;
import io.driftless.http.HttpFailure;
import io.driftless.http.StrictJson;
import io.driftless.settings.SettingsWatch;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Clusters as a Secret holds them and as the API shows them: without what opens them.
final class ClusterDocuments {
    private static final String MANAGED = "managed-by";
    private static final String TYPE = "argocd.argoproj.io/secret-type";

    private ClusterDocuments() {}

    static ObjectNode shown(JsonNode secret) {
        Map<String, byte[]> data = SettingsWatch.decoded(secret);
        ObjectNode cluster = JsonNodeFactory.instance.objectNode();
        String server = server(secret);
        cluster.put("server", server);
        cluster.put("name", text(data, "name").isEmpty() ? server : text(data, "name"));
        ArrayNode namespaces = JsonNodeFactory.instance.arrayNode();
        for (String namespace : text(data, "namespaces").split(",")) {
            if (!namespace.isBlank()) {
                namespaces.add(namespace.strip());
            }
        }
        if (!namespaces.isEmpty()) {
            cluster.set("namespaces", namespaces);
        }
        if (text(data, "clusterResources").equals("true")) {
            cluster.put("clusterResources", true);
        }
        if (!text(data, "project").isEmpty()) {
            cluster.put("project", text(data, "project"));
        }
        if (text(data, "shard").matches("[0-9]{1,9}")) {
            cluster.put("shard", Integer.parseInt(text(data, "shard")));
        }
        cluster.set("config", openPart(text(data, "config")));
        texts(cluster, "labels", secret.path("metadata").path("labels"), TYPE);
        texts(cluster, "annotations", secret.path("metadata").path("annotations"), MANAGED);
        return cluster;
    }

    /// How it is connected, but nothing that connects.
    private static ObjectNode openPart(String config) {
        ObjectNode open = JsonNodeFactory.instance.objectNode();
        try {
            JsonNode known = config.isBlank() ? open : StrictJson.value(config.getBytes(UTF_8));
            JsonNode tls = known.path("tlsClientConfig");
            ObjectNode shown = open.putObject("tlsClientConfig");
            shown.put("insecure", tls.path("insecure").asBoolean());
            if (tls.hasNonNull("serverName")) {
                shown.put("serverName", tls.path("serverName").asText());
            }
        } catch (HttpFailure unreadable) {
            open.removeAll();
        }
        return open;
    }

    private static void texts(ObjectNode cluster, String field, JsonNode from, String without) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        from.properties().forEach(entry -> {
            if (!entry.getKey().equals(without) && !entry.getKey().startsWith("kubectl.kubernetes.io/")) {
                kept.set(entry.getKey(), entry.getValue());
            }
        });
        if (!kept.isEmpty()) {
            cluster.set(field, kept);
        }
    }

    static String server(JsonNode secret) {
        return trimmed(text(SettingsWatch.decoded(secret), "server"));
    }

    static String project(JsonNode secret) {
        return text(SettingsWatch.decoded(secret), "project");
    }

    static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// Puts what a caller sent into a Secret.
    ///
    /// @param fields which fields; empty for all
    static void write(ObjectNode secret, JsonNode sent, List<String> fields) {
        ObjectNode data = secret.withObjectProperty("data");
        put(data, "server", trimmed(sent.path("server").asText("")));
        if (concerns(fields, "name")) {
            put(data, "name", sent.path("name").asText(""));
        }
        if (concerns(fields, "namespaces")) {
            List<String> namespaces = new ArrayList<>();
            sent.path("namespaces").forEach(namespace -> namespaces.add(namespace.asText()));
            put(data, "namespaces", String.join(",", namespaces));
        }
        if (concerns(fields, "clusterResources")) {
            put(data, "clusterResources", sent.path("clusterResources").asBoolean() ? "true" : "");
        }
        if (concerns(fields, "project")) {
            put(data, "project", sent.path("project").asText(""));
        }
        if (concerns(fields, "shard")) {
            put(
                    data,
                    "shard",
                    sent.path("shard").isNumber() ? sent.path("shard").asText() : "");
        }
        if (concerns(fields, "config")) {
            put(data, "config", Answers.text(sent.path("config").isObject() ? sent.path("config") : data.objectNode()));
        }
        ObjectNode metadata = secret.withObjectProperty("metadata");
        if (concerns(fields, "labels")) {
            replace(metadata, "labels", sent.path("labels"), TYPE);
        }
        if (concerns(fields, "annotations")) {
            replace(metadata, "annotations", sent.path("annotations"), MANAGED);
        }
    }

    /// Those that are not sent go, but for what makes the Secret a declaration.
    private static void replace(ObjectNode metadata, String part, JsonNode sent, String own) {
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        if (sent instanceof ObjectNode given) {
            texts.setAll(given);
        }
        JsonNode kept = metadata.path(part).path(own);
        if (kept.isTextual()) {
            texts.set(own, kept);
        }
        metadata.set(part, texts);
    }

    private static boolean concerns(List<String> fields, String field) {
        return fields.isEmpty() || fields.contains(field);
    }

    private static void put(ObjectNode data, String key, String value) {
        if (value.isEmpty()) {
            data.remove(key);
        } else {
            data.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8)));
        }
    }

    private static String text(Map<String, byte[]> data, String key) {
        byte[] value = data.get(key);
        return value == null ? "" : new String(value, UTF_8);
    }
}
