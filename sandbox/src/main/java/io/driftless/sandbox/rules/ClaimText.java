package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The wish of a claim in lines, by the names and in the order of the fields within the real server.
public final class ClaimText {
    private static final List<String> REFERENCE = List.of("apiGroup", "kind", "name");

    private ClaimText() {}

    static List<String> of(JsonNode spec) {
        ObjectNode out = Json.object();
        put(out, "AccessModes", spec.path("accessModes"));
        put(out, "Selector", selector(spec.path("selector")));
        ObjectNode resources = out.putObject("Resources");
        put(resources, "Limits", sorted(spec.path("resources").path("limits")));
        put(resources, "Requests", sorted(spec.path("resources").path("requests")));
        out.put("VolumeName", spec.path("volumeName").asText());
        put(out, "StorageClassName", spec.path("storageClassName"));
        put(out, "VolumeMode", spec.path("volumeMode"));
        put(out, "DataSource", reference(spec.path("dataSource"), false));
        put(out, "DataSourceRef", reference(spec.path("dataSourceRef"), true));
        put(out, "VolumeAttributesClassName", spec.path("volumeAttributesClassName"));
        List<String> lines = new ArrayList<>();
        lines("", "", out, "", lines);
        return lines;
    }

    private static void put(ObjectNode out, String name, JsonNode value) {
        out.set(name, value.isMissingNode() ? Json.MAPPER.nullNode() : value);
    }

    /// A selector with its labels in order.
    static JsonNode selector(JsonNode given) {
        if (!given.path("matchLabels").isObject()) {
            return given;
        }
        ObjectNode out = Json.object();
        given.properties().forEach(field -> out.set(field.getKey(), field.getValue()));
        out.set("matchLabels", sorted(given.path("matchLabels")));
        return out;
    }

    private static JsonNode sorted(JsonNode amounts) {
        if (amounts.isMissingNode()) {
            return amounts;
        }
        TreeMap<String, JsonNode> all = new TreeMap<>();
        amounts.properties().forEach(amount -> all.put(amount.getKey(), amount.getValue()));
        return Json.object().setAll(all);
    }

    private static JsonNode reference(JsonNode given, boolean far) {
        if (given.isMissingNode()) {
            return given;
        }
        ObjectNode out = Json.object();
        for (String field : REFERENCE) {
            String name = field.equals("apiGroup") ? "APIGroup" : field.equals("kind") ? "Kind" : "Name";
            if (field.equals("apiGroup")) {
                put(out, name, given.path(field));
            } else {
                out.put(name, given.path(field).asText());
            }
        }
        if (far) {
            put(out, "Namespace", given.path("namespace"));
        }
        return out;
    }

    private static void lines(String indent, String name, JsonNode value, String end, List<String> out) {
        String head = indent + (name.isEmpty() ? "" : Json.quoted(name) + ": ");
        if (value.isContainerNode() && !value.isEmpty()) {
            out.add(head + (value.isObject() ? "{" : "["));
            int left = value.size();
            if (value.isObject()) {
                for (var field : value.properties()) {
                    lines(indent + " ", field.getKey(), field.getValue(), --left == 0 ? "" : ",", out);
                }
            } else {
                for (JsonNode item : value) {
                    lines(indent + " ", "", item, --left == 0 ? "" : ",", out);
                }
            }
            out.add(indent + (value.isObject() ? "}" : "]") + end);
        } else {
            out.add(head + value + end);
        }
    }
}
