package io.driftless.sandbox.typed;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.typed.Shape.Entries;
import io.driftless.sandbox.typed.Shape.Items;
import io.driftless.sandbox.typed.Shape.Perhaps;
import io.driftless.sandbox.typed.Shape.Plain;
import io.driftless.sandbox.typed.Shape.Sort;
import io.driftless.sandbox.typed.Shape.Struct;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The shapes of built-in kinds. Nothing is read before the first one is asked for, and of each no more than is used.
public final class Shapes {
    /// Lists that are shown where they hold nothing, beside those that have to be there.
    private static final Map<String, String> SHOWN_EMPTY = Map.of(
            "io.k8s.api.rbac.v1.Role", "rules",
            "io.k8s.api.rbac.v1.ClusterRole", "rules",
            "io.k8s.api.discovery.v1.EndpointSlice", "ports");

    /// What is not the same as nothing where it is empty, though it is not shown: no policies are
    /// refused, and not those of the default; who sends empty lists in rules comes to own these.
    private static final Map<String, List<String>> NOT_NONE = Map.of(
            "io.k8s.api.autoscaling.v2.HPAScalingRules", List.of("policies"),
            "io.k8s.api.core.v1.PersistentVolumeClaimSpec", List.of("accessModes"),
            "io.k8s.api.core.v1.VolumeResourceRequirements", List.of("requests"),
            "io.k8s.api.rbac.v1.PolicyRule", List.of("apiGroups", "nonResourceURLs", "resourceNames", "resources"));

    private final Map<String, Shape> kinds = new ConcurrentHashMap<>();
    private final Map<String, Struct> structs = new ConcurrentHashMap<>();
    private @Nullable SchemaTable table;

    /// The shape of a kind; [Shape#ANY] where nothing is known of it.
    public Shape of(String group, String version, String kind) {
        String key = group + "/" + version + "/" + kind;
        Shape known = kinds.get(key);
        if (known == null) {
            String name = table().nameOf(group, version, kind);
            known = name.isEmpty() ? Shape.ANY : named(name);
            kinds.put(key, known);
        }
        return known;
    }

    /// The shape of the metadata of any object.
    public Shape ofMetadata() {
        return named("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    }

    private synchronized SchemaTable table() {
        SchemaTable known = table;
        if (known == null) {
            known = SchemaTable.read();
            table = known;
        }
        return known;
    }

    private Shape named(String definition) {
        switch (definition.substring(definition.lastIndexOf('.') + 1)) {
            case "Quantity" -> {
                return new Plain(Sort.QUANTITY);
            }
            case "IntOrString" -> {
                return new Plain(Sort.INT_OR_TEXT);
            }
            case "Time" -> {
                return new Plain(Sort.TIME);
            }
            case "MicroTime" -> {
                return new Plain(Sort.MICRO_TIME);
            }
            case "JSONSchemaPropsOrBool", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrStringArray" -> {
                return new Perhaps(named(definition.replaceFirst("Or(Bool|Array|StringArray)$", "")));
            }
            default -> {
                JsonNode said = table().definition(definition);
                return said == null || !said.has("properties")
                        ? Shape.ANY
                        : structs.computeIfAbsent(definition, name -> new Struct(name, this));
            }
        }
    }

    Map<String, Shape> fields(String definition) {
        Map<String, Shape> out = new HashMap<>();
        JsonNode said = table().definition(definition);
        if (said != null) {
            said.path("properties").properties().forEach(field -> out.put(field.getKey(), shape(field.getValue())));
        }
        return out;
    }

    Set<String> required(String definition) {
        Set<String> out = new HashSet<>();
        JsonNode said = table().definition(definition);
        if (said != null) {
            said.path("required").forEach(field -> out.add(field.asText()));
        }
        if (SHOWN_EMPTY.containsKey(definition)) {
            out.add(SHOWN_EMPTY.get(definition));
        }
        out.addAll(NOT_NONE.getOrDefault(definition, List.of()));
        return out;
    }

    private Shape shape(JsonNode said) {
        if (said.has("$ref")) {
            return named(said.path("$ref").asText());
        }
        return switch (said.path("type").asText()) {
            case "string" -> new Plain(text(said.path("format").asText()));
            case "integer" -> new Plain(said.path("format").asText().equals("int32") ? Sort.INT32 : Sort.INT64);
            case "number" -> new Plain(Sort.NUMBER);
            case "boolean" -> new Plain(Sort.FLAG);
            case "array" -> items(said);
            case "object" ->
                said.has("additionalProperties") ? new Entries(shape(said.path("additionalProperties"))) : Shape.ANY;
            default -> Shape.ANY;
        };
    }

    private static Sort text(String format) {
        return switch (format) {
            case "byte" -> Sort.BYTES;
            case "date-time" -> Sort.TIME;
            default -> Sort.TEXT;
        };
    }

    private Items items(JsonNode said) {
        Map<String, JsonNode> keys = new LinkedHashMap<>();
        JsonNode item = said.path("items");
        if (said.path("x-kubernetes-list-type").asText().equals("map")) {
            JsonNode target = table().definition(item.path("$ref").asText());
            for (JsonNode key : said.path("x-kubernetes-list-map-keys")) {
                JsonNode field =
                        target == null ? said : target.path("properties").path(key.asText());
                keys.put(key.asText(), field.path("default"));
            }
        }
        return new Items(
                shape(item), keys, said.path("x-kubernetes-list-type").asText().equals("set"));
    }
}
