package io.driftless.proto;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.proto.FieldType.Kind;
import io.driftless.proto.FieldType.Label;
import io.driftless.proto.MethodType.Binding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Describes the REST door of a schema as OpenAPI 2: what tools generate clients from.
public final class Swagger {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_.]+)(=\\*\\*)?}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private final ObjectNode document = NODES.objectNode();
    private final ObjectNode paths;
    private final ObjectNode definitions;
    private final Set<String> described = new HashSet<>();
    private final Deque<MessageType> waiting = new ArrayDeque<>();

    private Swagger(String title, String version, String basePath) {
        document.put("swagger", "2.0");
        document.putObject("info").put("title", title).put("version", version);
        document.put("basePath", basePath);
        document.putArray("consumes").add("application/json");
        document.putArray("produces").add("application/json");
        paths = document.putObject("paths");
        definitions = document.putObject("definitions");
    }

    public static ObjectNode of(Schema schema, String title, String version, String basePath) {
        Swagger swagger = new Swagger(title, version, basePath);
        for (MethodType method : schema.methods()) {
            method.bindings().forEach(binding -> swagger.add(method, binding));
        }
        swagger.define();
        return swagger.document;
    }

    private void add(MethodType method, Binding binding) {
        String path = VARIABLE.matcher(binding.template()).replaceAll("{$1}");
        ObjectNode operation =
                paths.withObjectProperty(path).putObject(binding.verb().toLowerCase(Locale.ROOT));
        String service = method.path()
                .substring(method.path().indexOf('.') + 1, method.path().indexOf('/'));
        String call = method.path().substring(method.path().indexOf('/') + 1);
        operation.putArray("tags").add(service);
        operation.put("operationId", service + '_' + call);
        ArrayNode parameters = operation.putArray("parameters");
        Set<String> taken = new HashSet<>();
        Matcher variables = VARIABLE.matcher(binding.template());
        while (variables.find()) {
            taken.add(variables.group(1));
            parameters
                    .addObject()
                    .put("name", variables.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .put("type", "string");
        }
        body(parameters, method, binding);
        if (!binding.body().equals("*")) {
            taken.add(binding.body());
            query(parameters, method.request(), taken);
        }
        ObjectNode answers = operation.putObject("responses");
        ObjectNode good = answers.putObject("200").put("description", "A successful response.");
        ObjectNode schema = good.putObject("schema");
        ObjectNode what = method.streamsOut()
                ? schema.put("type", "object").putObject("properties").putObject("result")
                : schema;
        refer(what, method.response());
        answers.putObject("default")
                .put("description", "An error.")
                .putObject("schema")
                .put("$ref", "#/definitions/runtimeError");
    }

    private void body(ArrayNode parameters, MethodType method, Binding binding) {
        if (binding.body().isEmpty()) {
            return;
        }
        ObjectNode schema = parameters
                .addObject()
                .put("name", "body")
                .put("in", "body")
                .put("required", true)
                .putObject("schema");
        FieldType field = method.request().field(binding.body());
        if (field == null) {
            refer(schema, method.request());
        } else {
            value(schema, field);
        }
    }

    private static void query(ArrayNode parameters, MessageType request, Set<String> taken) {
        for (FieldType field : request.fields()) {
            if (taken.contains(field.json()) || field.kind() == Kind.MESSAGE || field.kind() == Kind.MAP) {
                continue;
            }
            ObjectNode parameter =
                    parameters.addObject().put("name", field.json()).put("in", "query");
            if (field.label() == Label.REPEATED) {
                parameter.put("type", "array").put("collectionFormat", "multi");
                scalar(parameter.putObject("items"), field.kind());
            } else {
                scalar(parameter, field.kind());
            }
        }
    }

    private static void scalar(ObjectNode schema, Kind kind) {
        switch (kind) {
            case BOOL -> schema.put("type", "boolean");
            case INT -> schema.put("type", "integer").put("format", "int64");
            case BYTES -> schema.put("type", "string").put("format", "byte");
            case STRING -> schema.put("type", "string");
            case MESSAGE, MAP -> schema.put("type", "object");
        }
    }

    private void value(ObjectNode schema, FieldType field) {
        if (field.kind() == Kind.MAP) {
            FieldType held = field.inner().field("value");
            ObjectNode values = schema.put("type", "object").putObject("additionalProperties");
            if (held != null) {
                single(values, held);
            }
        } else if (field.label() == Label.REPEATED) {
            single(schema.put("type", "array").putObject("items"), field);
        } else {
            single(schema, field);
        }
    }

    private void single(ObjectNode schema, FieldType field) {
        if (field.kind() == Kind.MESSAGE) {
            refer(schema, field.inner());
        } else {
            scalar(schema, field.kind());
        }
    }

    private void refer(ObjectNode schema, MessageType type) {
        switch (type.shape()) {
            case TIME, MICRO_TIME -> schema.put("type", "string").put("format", "date-time");
            case INT_OR_STRING -> schema.put("type", "string").put("format", "int-or-string");
            case JSON -> schema.put("type", "object");
            case OBJECT -> {
                schema.put("$ref", "#/definitions/" + name(type));
                if (described.add(type.name())) {
                    waiting.add(type);
                }
            }
        }
    }

    /// Argo CD's way to name them: the end of the package and the message, such as `v1alpha1Application`.
    private static String name(MessageType type) {
        String[] steps = type.name().split("\\.");
        return steps.length == 1 ? steps[0] : steps[steps.length - 2] + steps[steps.length - 1];
    }

    private void define() {
        ObjectNode error = definitions.putObject("runtimeError").put("type", "object");
        ObjectNode parts = error.putObject("properties");
        scalar(parts.putObject("code"), Kind.INT);
        scalar(parts.putObject("error"), Kind.STRING);
        scalar(parts.putObject("message"), Kind.STRING);
        for (MessageType type = waiting.poll(); type != null; type = waiting.poll()) {
            ObjectNode definition = definitions.putObject(name(type)).put("type", "object");
            properties(definition.putObject("properties"), type);
        }
    }

    private void properties(ObjectNode properties, MessageType type) {
        for (FieldType field : type.fields()) {
            if (field.inline()) {
                properties(properties, field.inner());
            } else {
                value(properties.putObject(field.json()), field);
            }
        }
    }
}
