package io.driftless.sandbox.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `meta.k8s.io/v1` Tables, what `kubectl get` shows.
public final class Tables {
    /// What a row holds beside its cells.
    public enum Include {
        NONE,
        METADATA,
        WHOLE;

        /// What the parameter `includeObject` asks for.
        ///
        /// @throws ApiError 400
        public static Include of(@Nullable String parameter) {
            String given = parameter == null ? "" : parameter;
            return switch (given) {
                case "Object" -> WHOLE;
                case "None" -> NONE;
                case "", "Metadata" -> METADATA;
                default ->
                    throw ApiError.badRequest("Unable to convert to Table as requested: includeObject: Invalid value: "
                            + Json.quoted(given) + ": must be 'Metadata', 'Object', 'None', or empty");
            };
        }
    }

    private Tables() {}

    /// The Table of some objects.
    ///
    /// @param version the resource version of the whole; empty where it has none
    /// @param apiVersion that of the Table, such as `meta.k8s.io/v1`
    public static ObjectNode of(
            ResourceType type, Collection<ObjectNode> objects, String version, Include include, String apiVersion) {
        ObjectNode out = Json.object().put("kind", "Table").put("apiVersion", apiVersion);
        ObjectNode meta = out.putObject("metadata");
        if (!version.isEmpty()) {
            meta.put("resourceVersion", version);
        }
        if (type.custom() != null) {
            return custom(out, new CustomColumns(type.custom()), objects, include);
        }
        List<String[]> columns = columns(type);
        ArrayNode definitions = out.putArray("columnDefinitions");
        for (String[] column : columns) {
            definitions
                    .addObject()
                    .put("name", column[0])
                    .put("type", shown(column[2]))
                    .put("format", column[0].equals("Name") ? "name" : "")
                    .put("description", column[0])
                    .put("priority", Integer.parseInt(column[3]));
        }
        ArrayNode rows = out.putArray("rows");
        Instant now = Instant.now();
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(c -> cells.add(typed(object, c, now)));
            row.set("object", shown(object, include, out.path("apiVersion").asText()));
        }
        return out;
    }

    private static ObjectNode custom(
            ObjectNode out, CustomColumns columns, Collection<ObjectNode> objects, Include include) {
        out.set("columnDefinitions", columns.definitions());
        ArrayNode rows = out.putArray("rows");
        Instant now = Instant.now();
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            row.set("cells", columns.cells(object, now));
            row.set("object", shown(object, include, out.path("apiVersion").asText()));
        }
        return out;
    }

    private static JsonNode shown(ObjectNode object, Include include, String apiVersion) {
        return switch (include) {
            case NONE -> NullNode.getInstance();
            case METADATA -> partial(object, apiVersion);
            case WHOLE -> object;
        };
    }

    /// The object's metadata alone.
    ///
    /// @param apiVersion such as `meta.k8s.io/v1`
    public static ObjectNode partial(ObjectNode object, String apiVersion) {
        ObjectNode out = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", apiVersion);
        out.set("metadata", object.path("metadata"));
        return out;
    }

    /// Name, path, type, priority of each column.
    private static List<String[]> columns(ResourceType type) {
        List<String[]> out = new ArrayList<>();
        if (!TableColumns.named(type)) {
            out.add(new String[] {"Name", "metadata.name", "", "0"});
        }
        for (String column : TableColumns.of(type)) {
            boolean wide = column.startsWith("+");
            String text = wide ? column.substring(1) : column;
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String path = equals < 0 ? "Age" : text.substring(equals + 1);
            int colon = name.indexOf(':');
            out.add(new String[] {
                colon < 0 ? name : name.substring(0, colon),
                path,
                colon < 0 ? "" : name.substring(colon + 1),
                wide ? "1" : "0"
            });
        }
        return out;
    }

    private static JsonNode typed(JsonNode object, String[] column, Instant now) {
        String text = cell(object, column[1], now);
        return switch (column[2]) {
            case "integer", "number" -> LongNode.valueOf(text.matches("[0-9]{1,12}") ? Long.parseLong(text) : 0);
            case "truth" -> TextNode.valueOf(text.equals("true") ? "True" : "False");
            case "boolean", "flag" -> BooleanNode.valueOf(text.equals("true"));
            case "text" -> TextNode.valueOf(text.equals("<none>") ? "" : text);
            case "health" -> TextNode.valueOf(text.equals("True") ? "Healthy" : "Unhealthy");
            default -> TextNode.valueOf(text);
        };
    }

    private static String shown(String type) {
        return switch (type) {
            case "integer", "boolean", "date" -> type;
            case "truth" -> "boolean";
            default -> "string";
        };
    }

    private static String cell(JsonNode object, String path, Instant now) {
        if (path.startsWith("Age")) {
            String field = path.length() > 3 ? path.substring(3) : "metadata.creationTimestamp";
            String time = values(object, field);
            return time.isEmpty() ? "<unknown>" : age(Duration.between(Instant.parse(time), now));
        }
        if (path.startsWith("@")) {
            return TableCells.of(path, object, now);
        }
        boolean counted = path.contains("Replicas")
                || path.startsWith("#")
                || path.contains("replicas")
                || path.contains("succeeded")
                || path.contains("restarts");
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            String text;
            if (part.equals("#status.containerStatuses")) {
                text = Integer.toString(ready(object));
            } else if (part.startsWith("#")) {
                text = Integer.toString(at(object, part.substring(1)).size());
            } else {
                text = values(object, part);
            }
            parts.add(text.isEmpty() ? (counted ? "0" : "<none>") : text);
        }
        return String.join("/", parts);
    }

    private static int ready(JsonNode pod) {
        int ready = 0;
        for (JsonNode status : pod.path("status").path("containerStatuses")) {
            ready += status.path("ready").asBoolean() ? 1 : 0;
        }
        return ready;
    }

    private static JsonNode at(JsonNode object, String path) {
        JsonNode at = object;
        for (String part : path.split("\\.")) {
            at = part.isEmpty() ? at : at.path(part);
        }
        return at;
    }

    /// The values at a path, joined by commas; `*` and `[*]` stand for every item, `[?(@.a=="b")]`
    /// for those that match.
    private static String values(JsonNode object, String path) {
        List<JsonNode> found = List.of(object);
        String plain = path.replace("[*]", ".*");
        for (String part : plain.split("\\.(?![^\\[]*\\])")) {
            if (part.isEmpty()) {
                continue;
            }
            List<JsonNode> next = new ArrayList<>();
            int bracket = part.indexOf("[?(@.");
            String name = bracket < 0 ? part : part.substring(0, bracket);
            for (JsonNode node : found) {
                if (name.equals("*")) {
                    node.forEach(next::add);
                } else if (bracket < 0) {
                    next.add(node.path(name));
                } else {
                    String[] test =
                            part.substring(bracket + 5, part.length() - 2).split("==");
                    String wanted = test.length < 2 ? "" : test[1].replaceAll("[\"' ]", "");
                    node.path(name).forEach(item -> {
                        if (item.path(test[0].strip()).asText().equals(wanted)) {
                            next.add(item);
                        }
                    });
                }
            }
            found = next;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode node : found) {
            if (node.isObject()) {
                node.properties()
                        .forEach(e -> texts.add(e.getKey() + "=" + e.getValue().asText()));
            } else if (!node.isMissingNode() && !node.isNull()) {
                texts.add(node.isArray() ? node.toString() : node.asText());
            }
        }
        return String.join(",", texts);
    }

    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        return seconds < 7200 ? seconds / 60 + "m" : seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
