package io.driftless.events;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.driftless.objects.yaml.GoYaml;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `schemas/` must hold, made from the records: file name to content.
final class PublishedContract {
    static final Path DIRECTORY = Path.of("..", "schemas");
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedContract() {}

    static Map<String, String> files() throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (Map.Entry<String, Class<? extends Event>> type : new TreeMap<>(EventTypes.all()).entrySet()) {
            ObjectNode schema = schema(type.getKey(), type.getValue());
            files.put(
                    fileName(type.getKey()),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n");
        }
        files.put("asyncapi.yaml", GoYaml.write(asyncApi()));
        return files;
    }

    static String fileName(String type) {
        return type.substring("io.driftless.".length()) + ".json";
    }

    private static ObjectNode schema(String type, Class<?> record) {
        ObjectNode generated = generator().generateSchema(record);
        ObjectNode schema = JSON.createObjectNode();
        schema.set("$schema", generated.remove("$schema"));
        schema.put("title", type);
        schema.put(
                "description", record.getAnnotation(JsonClassDescription.class).value());
        generated.remove("description");
        schema.setAll(generated);
        return schema;
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(
                        JacksonOption.RESPECT_JSONPROPERTY_ORDER, JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(Option.SCHEMA_VERSION_INDICATOR)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        config.forFields()
                .withRequiredCheck(
                        field -> !field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class));
        config.forTypesInGeneral().withCustomDefinitionProvider((type, context) -> {
            String text = switch (type.getErasedType().getSimpleName()) {
                case "ApplicationName" -> "{\"type\":\"string\",\"pattern\":\"^[^/|\\\\s]+/[^/|\\\\s]+$\"}";
                case "ResourceId" -> "{\"type\":\"string\",\"pattern\":\"^[^/|]*/[^:|]+:[^/|]*/[^|]+$\"}";
                case "GroupKind" -> "{\"type\":\"string\",\"pattern\":\"^[^/|]*/[^|]+$\"}";
                case "JsonNode" -> "{}";
                default ->
                    type.getErasedType() == Instant.class ? "{\"type\":\"string\",\"format\":\"date-time\"}" : "";
            };
            return text.isEmpty()
                    ? null
                    : new com.github.victools.jsonschema.generator.CustomDefinition(
                            parse(text),
                            com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType.INLINE,
                            com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion.YES);
        });
        return new SchemaGenerator(config.build());
    }

    private static ObjectNode parse(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static JsonNode asyncApi() {
        ObjectNode api = JSON.createObjectNode();
        api.put("asyncapi", "3.0.0");
        api.putObject("info")
                .put("title", "Driftless events")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "Every step from a Git push to a healthy cluster, as CloudEvents 1.0 in Kafka binary mode."
                                + " The extension attribute chain joins all events that one push or command caused.");
        api.put("defaultContentType", "application/json");
        ObjectNode channels = api.putObject("channels");
        ObjectNode operations = api.putObject("operations");
        ObjectNode messages = api.putObject("components").putObject("messages");
        for (Topic topic : Topic.values()) {
            ObjectNode channel = channels.putObject(topic.topicName());
            channel.put("address", topic.topicName());
            ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
            kafka.put("topic", topic.topicName());
            kafka.putObject("topicConfiguration")
                    .putArray("cleanup.policy")
                    .add(topic.isTable() ? "compact" : "delete");
            kafka.put("bindingVersion", "0.5.0");
            ObjectNode named = channel.putObject("messages");
            for (Class<? extends Event> record : EventTypes.of(topic)) {
                String type = EventTypes.nameOf(record);
                String name = record.getSimpleName();
                named.putObject(name).put("$ref", "#/components/messages/" + name);
                messages.set(name, message(type, record));
            }
            ObjectNode operation = operations.putObject("read-" + topic.topicName());
            operation.put("action", "send");
            operation.putObject("channel").put("$ref", "#/channels/" + topic.topicName());
        }
        return api;
    }

    private static ObjectNode message(String type, Class<? extends Event> record) {
        ObjectNode message = JSON.createObjectNode();
        message.put("name", type);
        message.put("summary", record.getAnnotation(JsonClassDescription.class).value());
        message.put("contentType", "application/json");
        ObjectNode headers = message.putObject("headers");
        headers.put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        properties.putObject("ce_specversion").put("const", "1.0");
        properties.putObject("ce_type").put("const", type);
        for (String name : new String[] {"ce_id", "ce_source", "ce_time", "ce_subject", "ce_chain"}) {
            properties.putObject(name).put("type", "string");
        }
        headers.putArray("required")
                .add("ce_specversion")
                .add("ce_type")
                .add("ce_id")
                .add("ce_source")
                .add("ce_time")
                .add("ce_chain");
        message.putObject("payload").put("$ref", "./" + fileName(type));
        message.putObject("bindings")
                .putObject("kafka")
                .put("bindingVersion", "0.5.0")
                .putObject("key")
                .put("type", "string");
        return message;
    }
}
