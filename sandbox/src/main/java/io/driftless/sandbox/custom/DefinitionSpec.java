package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a definition says of its kind, beside the schemas of its versions.
final class DefinitionSpec {
    private static final List<JsonNode> SCOPES = List.of(TextNode.valueOf("Cluster"), TextNode.valueOf("Namespaced"));
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String NOT_SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
            + " used for validation is '" + SUBDOMAIN.pattern() + "')";
    private static final String APPROVAL = "api-approved.kubernetes.io";
    private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";

    private DefinitionSpec() {}

    static void check(JsonNode spec, List<Violation> wrong) {
        group(spec.path("group").asText(), wrong);
        String scope = spec.path("scope").asText();
        if (scope.isEmpty()) {
            wrong.add(Violation.required("spec.scope", ""));
        } else if (!SCOPES.contains(spec.path("scope"))) {
            wrong.add(Violation.unsupported("spec.scope", TextNode.valueOf(scope), SCOPES));
        }
        if (spec.path("preserveUnknownFields").asBoolean()) {
            wrong.add(Violation.invalid(
                    "spec.preserveUnknownFields",
                    "true",
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead"));
        }
        versions(spec, wrong);
        names(spec.path("names"), wrong);
        JsonNode first = spec.path("versions").path(0);
        if (shared(spec, "schema") && first.has("schema")) {
            wrong.addAll(SchemaRules.check("spec.validation.openAPIV3Schema", schema(first)));
        }
        if (shared(spec, "subresources")) {
            VersionRules.subresources("spec.subresources", first.path("subresources"), wrong);
        }
        if (shared(spec, "additionalPrinterColumns")) {
            VersionRules.columns("spec.additionalPrinterColumns", first.path("additionalPrinterColumns"), wrong);
        }
        if (shared(spec, "selectableFields")) {
            VersionRules.selectable("spec.selectableFields", first.path("selectableFields"), schema(first), wrong);
        }
        ConversionRules.check(spec.path("conversion"), spec.path("versions").size() > 1, wrong);
    }

    private static JsonNode schema(JsonNode version) {
        return version.path("schema").path("openAPIV3Schema");
    }

    private static void group(String group, List<Violation> wrong) {
        if (group.isEmpty()) {
            wrong.add(Violation.required("spec.group", ""));
        } else if (group.length() > 253) {
            wrong.add(Violation.invalid("spec.group", Quoted.text(group), "must be no more than 253 characters"));
        } else if (!SUBDOMAIN.matcher(group).matches()) {
            wrong.add(Violation.invalid("spec.group", Quoted.text(group), NOT_SUBDOMAIN));
        } else if (!group.contains(".")) {
            wrong.add(Violation.invalid("spec.group", Quoted.text(group), "should be a domain with at least one dot"));
        }
    }

    /// Whether all versions say the same, which is told of the definition as a whole then.
    private static boolean shared(JsonNode spec, String field) {
        JsonNode versions = spec.path("versions");
        for (JsonNode version : versions) {
            if (!version.path(field).equals(versions.get(0).path(field))) {
                return false;
            }
        }
        return true;
    }

    private static void versions(JsonNode spec, List<Violation> wrong) {
        JsonNode versions = spec.path("versions");
        Set<String> seen = new HashSet<>();
        int storing = 0;
        for (int i = 0; i < versions.size(); i++) {
            JsonNode version = versions.get(i);
            if (!schema(version).isObject()) {
                wrong.add(Violation.required("spec.versions[" + i + "].schema.openAPIV3Schema", ""));
            }
        }
        for (int i = 0; i < versions.size(); i++) {
            JsonNode version = versions.get(i);
            String path = "spec.versions[" + i + "]";
            seen.add(version.path("name").asText());
            storing += version.path("storage").asBoolean() ? 1 : 0;
            Labels1035.check(path + ".name", version.path("name").asText(), wrong);
            VersionRules.deprecation(path, version, wrong);
            if (!shared(spec, "schema") && schema(version).isObject()) {
                wrong.addAll(SchemaRules.check(path + ".schema.openAPIV3Schema", schema(version)));
            }
            if (!shared(spec, "subresources")) {
                VersionRules.subresources(path + ".subresources", version.path("subresources"), wrong);
            }
            if (!shared(spec, "additionalPrinterColumns")) {
                VersionRules.columns(
                        path + ".additionalPrinterColumns", version.path("additionalPrinterColumns"), wrong);
            }
            if (!shared(spec, "selectableFields")) {
                VersionRules.selectable(
                        path + ".selectableFields", version.path("selectableFields"), schema(version), wrong);
            }
        }
        if (seen.size() < versions.size()) {
            wrong.add(Violation.invalid("spec.versions", shown(spec), "must contain unique version names"));
        }
        if (storing != 1) {
            wrong.add(Violation.invalid(
                    "spec.versions", shown(spec), "must have exactly one version marked as storage version"));
        }
        String first = versions.path(0).path("name").asText();
        if (!first.isEmpty()) {
            Labels1035.check("spec.version", first, wrong);
        }
    }

    /// The versions with the fields of the Go type; what all share is not theirs.
    private static String shown(JsonNode spec) {
        if (!spec.has("versions")) {
            return "null";
        }
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (JsonNode version : spec.path("versions")) {
            ObjectNode one = out.addObject();
            one.put("Name", version.path("name").asText())
                    .put("Served", version.path("served").asBoolean())
                    .put("Storage", version.path("storage").asBoolean())
                    .put("Deprecated", version.path("deprecated").asBoolean());
            one.set("DeprecationWarning", value(version.path("deprecationWarning")));
            JsonNode schema = own(spec, version, "schema");
            one.set("Schema", schema.isNull() ? schema : GoSchema.ofVersion(schema));
            one.set("Subresources", own(spec, version, "subresources"));
            one.set("AdditionalPrinterColumns", own(spec, version, "additionalPrinterColumns"));
            one.set("SelectableFields", own(spec, version, "selectableFields"));
        }
        return out.toString();
    }

    private static JsonNode own(JsonNode spec, JsonNode version, String field) {
        return shared(spec, field) ? JsonNodeFactory.instance.nullNode() : value(version.path(field));
    }

    private static JsonNode value(JsonNode value) {
        return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }

    private static void names(JsonNode names, List<Violation> wrong) {
        for (String field : List.of("plural", "singular", "kind", "listKind")) {
            if (names.path(field).asText().isEmpty()) {
                wrong.add(Violation.required("spec.names." + field, ""));
            }
        }
        given(names, "plural", wrong);
        given(names, "singular", wrong);
        String kind = names.path("kind").asText();
        if (!kind.isEmpty()) {
            Labels1035.mixed("spec.names.kind", kind, wrong);
        }
        each(names, "shortNames", wrong);
        String list = names.path("listKind").asText();
        if (!list.isEmpty()) {
            Labels1035.mixed("spec.names.listKind", list, wrong);
            if (list.equals(kind)) {
                wrong.add(Violation.invalid(
                        "spec.names.listKind", Quoted.text(list), "kind and listKind may not be the same"));
            }
        }
        each(names, "categories", wrong);
    }

    private static void given(JsonNode names, String field, List<Violation> wrong) {
        if (!names.path(field).asText().isEmpty()) {
            Labels1035.check("spec.names." + field, names.path(field).asText(), wrong);
        }
    }

    private static void each(JsonNode names, String field, List<Violation> wrong) {
        for (int i = 0; i < names.path(field).size(); i++) {
            Labels1035.check(
                    "spec.names." + field + "[" + i + "]",
                    names.path(field).get(i).asText(),
                    wrong);
        }
    }

    /// The versions that objects were ever stored in are all there.
    static void stored(JsonNode definition, List<Violation> wrong) {
        JsonNode stored = definition.path("status").path("storedVersions");
        if (stored.isEmpty()) {
            wrong.add(Violation.invalid(
                    "status.storedVersions",
                    stored.isArray() ? "[]" : "null",
                    "must have at least one stored version"));
            return;
        }
        Set<String> known = new HashSet<>();
        String storing = "";
        for (JsonNode version : definition.at("/spec/versions")) {
            known.add(version.path("name").asText());
            storing = version.path("storage").asBoolean() ? version.path("name").asText() : storing;
        }
        boolean there = storing.isEmpty();
        for (int i = 0; i < stored.size(); i++) {
            String name = stored.get(i).asText();
            there |= name.equals(storing);
            if (!known.contains(name)) {
                wrong.add(Violation.invalid(
                        "status.storedVersions[" + i + "]",
                        Quoted.text(name),
                        "missing from spec.versions; " + name + " was previously a storage version, and must remain in"
                                + " spec.versions until a storage migration ensures no data remains persisted in "
                                + name
                                + " and removes " + name + " from status.storedVersions"));
            }
        }
        if (!there) {
            wrong.add(Violation.invalid(
                    "status.storedVersions", stored.toString(), "must have the storage version " + storing));
        }
    }

    /// Groups of Kubernetes itself are defined by who may.
    static void approved(JsonNode definition, List<Violation> wrong) {
        String group = definition.at("/spec/group").asText();
        if (!group.endsWith(".k8s.io") && !group.endsWith(".kubernetes.io")) {
            return;
        }
        JsonNode said = definition.path("metadata").path("annotations").path(APPROVAL);
        String path = "metadata.annotations[" + APPROVAL + "]";
        String must = "protected groups must have approval annotation \"" + APPROVAL + "\"";
        if (said.asText().isEmpty()) {
            wrong.add(Violation.required(path, must + SEE));
        } else if (!said.asText().startsWith("unapproved") && !said.asText().matches("https?://[^/].*")) {
            wrong.add(Violation.invalid(
                    path, said, must + " with either a URL or a reason starting with \"unapproved\"" + SEE));
        }
    }
}
