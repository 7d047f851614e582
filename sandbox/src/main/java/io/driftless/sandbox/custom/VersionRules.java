package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a version of a kind has beside its schema: a warning, subresources, columns, fields to select by.
final class VersionRules {
    private static final int LONGEST_WARNING = 256;
    private static final int MOST_SELECTABLE = 8;
    private static final Pattern SIMPLE = Pattern.compile("\\.[^\\s{}$]+");
    private static final Pattern JSON_PATH = Pattern.compile("\\.[^{}]*");
    private static final List<String> TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

    private VersionRules() {}

    static void deprecation(String path, JsonNode version, List<Violation> wrong) {
        JsonNode warning = version.path("deprecationWarning");
        if (warning.isMissingNode()) {
            return;
        }
        String at = path + ".deprecationWarning";
        String text = warning.asText();
        if (!version.path("deprecated").asBoolean()) {
            wrong.add(Violation.invalid(at, warning, "can only be set for deprecated versions"));
        }
        if (text.length() > LONGEST_WARNING) {
            wrong.add(Violation.invalid(
                    at, warning, "must be <= " + LONGEST_WARNING + " characters, was " + text.length()));
        }
        if (text.isEmpty()) {
            wrong.add(Violation.invalid(at, warning, "must not be an empty string"));
        }
    }

    static void subresources(String path, JsonNode subresources, List<Violation> wrong) {
        JsonNode scale = subresources.path("scale");
        if (!scale.isObject()) {
            return;
        }
        replicas(
                path + ".scale.specReplicasPath", scale.path("specReplicasPath").asText(), ".spec", wrong);
        replicas(
                path + ".scale.statusReplicasPath",
                scale.path("statusReplicasPath").asText(),
                ".status",
                wrong);
        String selector = scale.path("labelSelectorPath").asText();
        String at = path + ".scale.labelSelectorPath";
        if (!selector.isEmpty() && !SIMPLE.matcher(selector).matches()) {
            wrong.add(Violation.invalid(at, Quoted.text(selector), "must be a simple json path starting with ."));
        } else if (!selector.isEmpty() && !selector.startsWith(".spec.") && !selector.startsWith(".status.")) {
            wrong.add(Violation.invalid(
                    at, Quoted.text(selector), "should be a json path under either .spec or .status"));
        }
    }

    private static void replicas(String at, String path, String under, List<Violation> wrong) {
        if (path.isEmpty()) {
            wrong.add(Violation.required(at, ""));
        } else if (!SIMPLE.matcher(path).matches()) {
            wrong.add(Violation.invalid(at, Quoted.text(path), "must be a simple json path starting with ."));
        } else if (!path.startsWith(under + ".")) {
            wrong.add(Violation.invalid(at, Quoted.text(path), "should be a json path under " + under));
        }
    }

    static void columns(String path, JsonNode columns, List<Violation> wrong) {
        for (int i = 0; i < columns.size(); i++) {
            JsonNode column = columns.get(i);
            String at = path + "[" + i + "].";
            if (column.path("name").asText().isEmpty()) {
                wrong.add(Violation.required(at + "name", ""));
            }
            String type = column.path("type").asText();
            String types = "must be one of " + String.join(",", TYPES);
            if (type.isEmpty()) {
                wrong.add(Violation.required(at + "type", types));
            } else if (!TYPES.contains(type)) {
                wrong.add(Violation.invalid(at + "type", Quoted.text(type), types));
            }
            String format = column.path("format").asText();
            if (!format.isEmpty() && !FORMATS.contains(format)) {
                wrong.add(Violation.invalid(
                        at + "format", Quoted.text(format), "must be one of " + String.join(",", FORMATS)));
            }
            String json = column.path("jsonPath").asText();
            if (json.isEmpty()) {
                wrong.add(Violation.required(at + "JSONPath", ""));
            } else if (!JSON_PATH.matcher(json).matches()) {
                wrong.add(Violation.invalid(
                        at + "JSONPath", Quoted.text(json), "must be a simple json path starting with ."));
            }
        }
    }

    static void selectable(String path, JsonNode fields, JsonNode schema, List<Violation> wrong) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            String json = fields.get(i).path("jsonPath").asText();
            String at = path + "[" + i + "].jsonPath";
            if (json.isEmpty()) {
                wrong.add(Violation.required(at, ""));
                continue;
            }
            String why = selects(json, schema);
            if (!why.isEmpty()) {
                wrong.add(Violation.invalid(at, Quoted.text(json), why));
            } else if (!seen.add(json)) {
                wrong.add(new Violation(at, "FieldValueDuplicate", "Duplicate value: " + Quoted.text(json)));
            }
        }
        if (seen.size() > MOST_SELECTABLE) {
            wrong.add(Violation.tooMany(path, seen.size(), MOST_SELECTABLE));
        }
    }

    private static String selects(String path, JsonNode schema) {
        if (!path.startsWith(".") && !path.startsWith("[")) {
            return "is an invalid path: expected [ or . but got: " + path.split("[.\\[]", 2)[0];
        }
        if (path.contains("[")) {
            return "is an invalid path: array notation is not allowed";
        }
        JsonNode at = schema;
        for (String step : path.substring(1).split("\\.", -1)) {
            at = at.path("properties").path(step);
        }
        if (at.isMissingNode() || path.startsWith(".metadata")) {
            return "is an invalid path: does not refer to a valid field";
        }
        return List.of("string", "boolean", "integer").contains(at.path("type").asText())
                ? ""
                : "must point to a field of type string, boolean or integer. Enum string fields and strings with"
                        + " formats are allowed.";
    }
}
