package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// CustomResourceDefinitions: what is filled in, and what a sound one says.
public final class Definitions {
    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String LABEL_RULE =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                    + " validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private static final List<JsonNode> SCOPES = List.of(TextNode.valueOf("Cluster"), TextNode.valueOf("Namespaced"));

    private Definitions() {}

    /// Fills in names, the conversion, and the versions that objects were ever stored in.
    public static void complete(ObjectNode definition) {
        if (!(definition.get("spec") instanceof ObjectNode spec)) {
            return;
        }
        if (spec.get("names") instanceof ObjectNode names) {
            String kind = names.path("kind").asText();
            if (!kind.isEmpty()) {
                absent(names, "singular", kind.toLowerCase(Locale.ROOT));
                absent(names, "listKind", kind + "List");
            }
        }
        if (!spec.path("conversion").isObject()) {
            spec.putObject("conversion").put("strategy", "None");
        }
        ObjectNode status =
                definition.get("status") instanceof ObjectNode found ? found : definition.putObject("status");
        ArrayNode stored =
                status.get("storedVersions") instanceof ArrayNode found ? found : status.putArray("storedVersions");
        for (JsonNode version : spec.path("versions")) {
            if (version.path("storage").asBoolean() && !contains(stored, version.path("name"))) {
                stored.add(version.path("name"));
            }
        }
    }

    private static void absent(ObjectNode node, String name, String value) {
        if (node.path(name).asText().isEmpty()) {
            node.put(name, value);
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode item : list) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }

    /// What never changes once the kind is served, and did.
    public static List<Violation> moved(JsonNode definition, @Nullable JsonNode before) {
        List<Violation> wrong = new ArrayList<>();
        if (before == null || !established(before)) {
            return wrong;
        }
        for (String field : List.of("/spec/group", "/spec/scope", "/spec/names/kind")) {
            if (!before.at(field).equals(definition.at(field))) {
                wrong.add(Violation.invalid(
                        field.substring(1).replace('/', '.'), definition.at(field), "field is immutable"));
            }
        }
        return wrong;
    }

    private static boolean established(JsonNode definition) {
        for (JsonNode condition : definition.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Established")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /// What is wrong with a completed definition.
    public static List<Violation> check(JsonNode definition) {
        List<Violation> wrong = new ArrayList<>();
        JsonNode spec = definition.path("spec");
        JsonNode names = spec.path("names");
        JsonNode name = definition.path("metadata").path("name");
        String plural = names.path("plural").asText();
        if (!name.asText().equals(plural + "." + spec.path("group").asText())) {
            wrong.add(Violation.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
        }
        if (!SCOPES.contains(spec.path("scope"))) {
            wrong.add(Violation.unsupported(
                    "spec.scope", TextNode.valueOf(spec.path("scope").asText()), SCOPES));
        }
        if (spec.path("preserveUnknownFields").asBoolean()) {
            wrong.add(Violation.invalid(
                    "spec.preserveUnknownFields",
                    "true",
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead"));
        }
        for (String field : List.of("plural", "singular", "kind", "listKind")) {
            name(field, names.path(field), wrong);
        }
        versions(spec.path("versions"), wrong);
        boolean several = spec.path("versions").size() > 1;
        if (spec.path("conversion").path("strategy").asText().equals("Webhook") && several) {
            wrong.add(Violation.forbidden(
                    "spec.conversion.strategy",
                    "conversion by a webhook is not supported yet by the sandbox: use None, or one version"));
        }
        return wrong;
    }

    private static void name(String field, JsonNode value, List<Violation> wrong) {
        String path = "spec.names." + field;
        if (value.asText().isEmpty()) {
            wrong.add(Violation.required(path, ""));
        } else if (!LABEL.matcher(value.asText().toLowerCase(Locale.ROOT)).matches()
                || (field.equals("plural") && !LABEL.matcher(value.asText()).matches())) {
            wrong.add(Violation.invalid(path, value, LABEL_RULE));
        }
    }

    private static void versions(JsonNode versions, List<Violation> wrong) {
        Set<String> seen = new HashSet<>();
        int storing = 0;
        Set<JsonNode> schemas = new HashSet<>();
        for (JsonNode version : versions) {
            if (!seen.add(version.path("name").asText())) {
                wrong.add(Violation.invalid("spec.versions", names(versions), "must contain unique version names"));
            }
            storing += version.path("storage").asBoolean() ? 1 : 0;
            schemas.add(version.path("schema"));
        }
        if (storing != 1) {
            wrong.add(Violation.invalid(
                    "spec.versions", names(versions), "must have exactly one version marked as storage version"));
        }
        boolean same = schemas.size() == 1;
        for (int i = 0; i < versions.size(); i++) {
            JsonNode schema = versions.get(i).path("schema").path("openAPIV3Schema");
            boolean missing = !schema.isObject();
            if (missing || !same || i == 0) {
                String path = same && !missing
                        ? "spec.validation.openAPIV3Schema"
                        : "spec.versions[" + i + "].schema.openAPIV3Schema";
                wrong.addAll(SchemaRules.check(path, schema));
            }
        }
    }

    private static String names(JsonNode versions) {
        return versions.findValuesAsText("name").toString();
    }
}
