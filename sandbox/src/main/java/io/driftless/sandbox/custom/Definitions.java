package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// CustomResourceDefinitions: what is filled in, and what a sound one says.
public final class Definitions {
    private static final int HTTPS = 443;

    private Definitions() {}

    /// Fills in names, the conversion, and the versions that objects were ever stored in.
    ///
    /// @param before what was there; null for a new one, whose status is about nothing yet
    public static void complete(ObjectNode definition, @Nullable JsonNode before) {
        if (!(definition.get("spec") instanceof ObjectNode spec)) {
            definition.putObject("spec");
            complete(definition, before);
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
        if (spec.at("/conversion/webhook/clientConfig/service") instanceof ObjectNode service && !service.has("port")) {
            service.put("port", HTTPS);
        }
        if (spec.path("preserveUnknownFields").isBoolean()
                && !spec.path("preserveUnknownFields").asBoolean()) {
            spec.remove("preserveUnknownFields");
        }
        // What was there before may be shared.
        ObjectNode status =
                definition.get("status") instanceof ObjectNode found ? found.deepCopy() : definition.objectNode();
        definition.set("status", status);
        if (before == null) {
            status.putNull("conditions");
            status.putObject("acceptedNames").put("plural", "").put("kind", "");
        }
        store(spec, status, before);
    }

    private static void store(ObjectNode spec, ObjectNode status, @Nullable JsonNode before) {
        boolean same = before != null && before.path("spec").equals(spec);
        if (same && !status.path("storedVersions").isEmpty()) {
            return;
        }
        List<JsonNode> names = new ArrayList<>();
        status.path("storedVersions").forEach(names::add);
        for (JsonNode version : spec.path("versions")) {
            if (version.path("storage").asBoolean() && !names.contains(version.path("name"))) {
                names.add(version.path("name"));
                break;
            }
        }
        if (names.isEmpty()) {
            status.putNull("storedVersions");
        } else {
            ArrayNode stored = status.putArray("storedVersions");
            names.forEach(stored::add);
        }
    }

    private static void absent(ObjectNode node, String name, String value) {
        if (node.path(name).asText().isEmpty()) {
            node.put(name, value);
        }
    }

    /// What never changes once the kind is served, and did.
    private static void moved(JsonNode definition, @Nullable JsonNode before, List<Violation> wrong) {
        if (before == null) {
            return;
        }
        List<String> fixed = established(before)
                ? List.of("/spec/scope", "/spec/names/kind", "/spec/group", "/spec/names/plural")
                : List.of("/spec/group", "/spec/names/plural");
        for (String field : fixed) {
            String now = definition.at(field).asText();
            if (!before.at(field).asText().equals(now)) {
                wrong.add(Violation.invalid(
                        field.substring(1).replace('/', '.'), Quoted.text(now), "field is immutable"));
            }
        }
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
    public static List<Violation> check(JsonNode definition, @Nullable JsonNode before) {
        List<Violation> wrong = new ArrayList<>();
        if (before == null) {
            JsonNode name = definition.path("metadata").path("name");
            String plural = definition.at("/spec/names/plural").asText();
            if (!name.asText()
                    .equals(plural + "." + definition.at("/spec/group").asText())) {
                wrong.add(Violation.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
            }
        }
        DefinitionSpec.check(definition.path("spec"), wrong);
        moved(definition, before, wrong);
        DefinitionSpec.stored(definition, wrong);
        DefinitionSpec.approved(definition, wrong);
        return wrong;
    }
}
