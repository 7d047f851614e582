package io.driftless.sandbox.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.model.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The columns of a defined kind: the name, and those of its definition or else the age.
public final class CustomColumns {
    private final JsonNode declared;
    private final List<JsonPath> paths = new ArrayList<>();

    CustomColumns(JsonNode version) {
        JsonNode given = version.path("additionalPrinterColumns");
        this.declared = given.isEmpty() ? Json.MAPPER.createArrayNode().add(age()) : given;
        declared.forEach(column -> paths.add(JsonPath.of(column.path("jsonPath").asText())));
    }

    private static ObjectNode age() {
        return Json.object()
                .put("name", "Age")
                .put("type", "date")
                .put("description", "when the object was created")
                .put("jsonPath", ".metadata.creationTimestamp");
    }

    ArrayNode definitions() {
        ArrayNode out = Json.MAPPER.createArrayNode();
        out.addObject()
                .put("name", "Name")
                .put("type", "string")
                .put("format", "name")
                .put("description", "unique in the namespace of the object")
                .put("priority", 0);
        declared.forEach(column -> out.addObject()
                .put("name", column.path("name").asText())
                .put("type", column.path("type").asText())
                .put("format", column.path("format").asText())
                .put("description", column.path("description").asText())
                .put("priority", column.path("priority").asInt()));
        return out;
    }

    ArrayNode cells(JsonNode object, Instant now) {
        ArrayNode out = Json.MAPPER.createArrayNode().add(Json.name(object));
        for (int i = 0; i < paths.size(); i++) {
            List<JsonNode> found = paths.get(i).find(object);
            out.add(found.isEmpty() ? NullNode.getInstance() : cell(declared.get(i), found, now));
        }
        return out;
    }

    private static JsonNode cell(JsonNode column, List<JsonNode> found, Instant now) {
        JsonNode first = found.getFirst();
        return switch (column.path("type").asText()) {
            case "integer", "number" -> first.isNumber() ? first : NullNode.getInstance();
            case "boolean" -> first.isBoolean() ? first : NullNode.getInstance();
            case "date" -> TextNode.valueOf(since(first.asText(), now));
            default ->
                TextNode.valueOf(found.stream()
                        .map(value -> value.isValueNode() ? value.asText() : value.toString())
                        .collect(Collectors.joining(" ")));
        };
    }

    private static String since(String time, Instant now) {
        try {
            return Tables.age(Duration.between(Instant.parse(time), now));
        } catch (DateTimeException e) {
            return time.isEmpty() ? "<unknown>" : "<invalid>";
        }
    }
}
