package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes `list-table.json` from the `/openapi/v3` of a running API server. Arguments: the server's
/// address (that of a `kubectl proxy`, say) and the file to write.
final class ListTableGenerator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Map<String, ObjectNode> types = new TreeMap<>();
    private final Map<String, String> kinds = new TreeMap<>();

    private ListTableGenerator() {}

    public static void main(String[] args) throws IOException {
        ListTableGenerator generator = new ListTableGenerator();
        JsonNode index = JSON.readTree(URI.create(args[0] + "/openapi/v3").toURL());
        Pattern version = Pattern.compile("apis?/(.*/)?v[0-9].*");
        for (Map.Entry<String, JsonNode> path : index.path("paths").properties()) {
            if (version.matcher(path.getKey()).matches()) {
                generator.add(JSON.readTree(URI.create(args[0]
                                + path.getValue().path("serverRelativeURL").asText())
                        .toURL()));
            }
        }
        List<String> lines = new ArrayList<>();
        generator.types.forEach((name, type) -> lines.add("    " + quote(name) + ": " + type));
        List<String> kindLines = new ArrayList<>();
        generator.kinds.forEach((name, type) -> kindLines.add("    " + quote(name) + ": " + quote(type)));
        Files.writeString(
                Path.of(args[1]),
                "{\n  \"types\": {\n" + String.join(",\n", lines) + "\n  },\n  \"kinds\": {\n"
                        + String.join(",\n", kindLines) + "\n  }\n}\n");
    }

    private static String quote(String text) {
        return "\"" + text + "\"";
    }

    private void add(JsonNode document) {
        document.path("components").path("schemas").properties().forEach(e -> {
            String name = shortName(e.getKey());
            if (name.endsWith("List") || name.startsWith("JSONSchemaProps")) {
                return;
            }
            JsonNode gvks = e.getValue().path("x-kubernetes-group-version-kind");
            if (gvks.size() == 1 && e.getValue().path("properties").has("metadata")) {
                JsonNode gvk = gvks.get(0);
                String group = gvk.path("group").asText();
                kinds.put(
                        (group.isEmpty() ? "" : group + "/")
                                + gvk.path("version").asText() + " "
                                + gvk.path("kind").asText(),
                        name);
            }
            types.put(name, reduce(document, e.getValue()));
        });
    }

    /// `io.k8s.api.core.v1.PodSpec` → `core.v1.PodSpec`; the shared metadata types keep their bare name.
    private static String shortName(String name) {
        if (name.contains("apimachinery")) {
            return name.substring(name.lastIndexOf('.') + 1);
        }
        String[] parts = name.split("\\.");
        int n = parts.length;
        return parts[n - 3] + "." + parts[n - 2] + "." + parts[n - 1];
    }

    private static ObjectNode reduce(JsonNode document, JsonNode schema) {
        ObjectNode out = JSON.createObjectNode();
        JsonNode ref = schema.has("$ref")
                ? schema.path("$ref")
                : schema.path("allOf").path(0).path("$ref");
        if (!ref.isMissingNode()) {
            String name = shortName(ref.asText().substring(ref.asText().lastIndexOf('/') + 1));
            switch (name) {
                case "Quantity", "resource.Quantity" -> out.put("format", "QUANTITY");
                case "IntOrString" -> out.put("format", "INT_OR_STRING");
                default -> out.put("ref", name);
            }
            return out;
        }
        if (schema.path("type").asText().equals("array")) {
            String kind = schema.path("x-kubernetes-list-type").asText("atomic");
            out.put("list", kind.toUpperCase(java.util.Locale.ROOT));
            if (schema.has("x-kubernetes-list-map-keys")) {
                ObjectNode keys = out.putObject("keys");
                JsonNode item = schema.path("items");
                String itemRef = item.path("allOf")
                        .path(0)
                        .path("$ref")
                        .asText(item.path("$ref").asText());
                JsonNode type = document.at(itemRef.substring(itemRef.indexOf('#') + 1));
                schema.path("x-kubernetes-list-map-keys").forEach(k -> {
                    JsonNode fallback = type.path("properties").path(k.asText()).get("default");
                    keys.set(k.asText(), fallback == null || fallback.asText().isEmpty() ? keys.nullNode() : fallback);
                });
            }
            out.set("of", reduce(document, schema.path("items")));
            if (schema.path("x-kubernetes-patch-strategy").asText().contains("merge")) {
                out.put("patch", schema.path("x-kubernetes-patch-merge-key").asText());
            }
            return out;
        }
        if (schema.has("properties")) {
            ObjectNode fields = out.putObject("fields");
            schema.path("properties").properties().forEach(e -> {
                ObjectNode field = reduce(document, e.getValue());
                if (!field.isEmpty()) {
                    fields.set(e.getKey(), field);
                }
            });
        } else if (schema.has("additionalProperties")) {
            out.set("map", reduce(document, schema.path("additionalProperties")));
        }
        if (schema.path("x-kubernetes-map-type").asText().equals("atomic")) {
            out.put("atomic", true);
            if (!out.has("fields") && !out.has("map")) {
                out.putObject("fields");
            }
        }
        if (schema.path("oneOf").size() > 1 && schema.path("format").asText().equals("int-or-string")) {
            out.put("format", "INT_OR_STRING");
        }
        return out;
    }
}
