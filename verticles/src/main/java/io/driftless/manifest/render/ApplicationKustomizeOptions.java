package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An Application's `spec.source.kustomize`, put into the kustomization before it is built, as Argo CD does with
/// `kustomize edit`.
final class ApplicationKustomizeOptions {
    private static final Set<String> KNOWN = Set.of(
            "namePrefix",
            "nameSuffix",
            "images",
            "replicas",
            "commonLabels",
            "labelWithoutSelector",
            "labelIncludeTemplates",
            "forceCommonLabels",
            "commonAnnotations",
            "forceCommonAnnotations",
            "commonAnnotationsEnvsubst",
            "namespace",
            "patches",
            "components",
            "ignoreMissingComponents",
            "kubeVersion",
            "apiVersions");

    private final ObjectNode fields;
    private final JsonNode options;

    private ApplicationKustomizeOptions(ObjectNode fields, JsonNode options) {
        this.fields = fields;
        this.options = options;
    }

    /// Changes the fields of a kustomization file, whatever the case in which it writes their names.
    static void apply(ObjectNode fields, JsonNode options) {
        for (String name :
                List.copyOf(fields.propertyStream().map(Map.Entry::getKey).toList())) {
            KNOWN.stream()
                    .filter(known -> known.equalsIgnoreCase(name) && !known.equals(name))
                    .findFirst()
                    .ifPresent(known -> fields.set(known, fields.remove(name)));
        }
        new ApplicationKustomizeOptions(fields, options).apply();
    }

    private void apply() {
        options.propertyStream()
                .map(Map.Entry::getKey)
                .filter(key -> !KNOWN.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw invalid(key, "is not supported yet");
                });
        if (options.path("commonAnnotationsEnvsubst").asBoolean()) {
            throw invalid("commonAnnotationsEnvsubst", "is not supported yet");
        }
        for (String field : List.of("namePrefix", "nameSuffix", "namespace")) {
            if (!options.path(field).asText("").isEmpty()) {
                fields.put(field, options.path(field).asText());
            }
        }
        options.path("images").forEach(image -> byName("images", image(image.asText())));
        for (JsonNode replica : options.path("replicas")) {
            if (replica instanceof ObjectNode entry) {
                byName("replicas", replica(entry.deepCopy()));
            }
        }
        labels();
        annotations();
        append("patches");
        append("components");
    }

    /// The count of an Application may be text.
    private static ObjectNode replica(ObjectNode entry) {
        if (entry.path("count").asText().matches("[0-9]{1,9}")) {
            entry.put("count", entry.path("count").asInt());
        }
        return entry;
    }

    private void labels() {
        JsonNode labels = options.path("commonLabels");
        if (labels.isEmpty()) {
            return;
        }
        boolean force = options.path("forceCommonLabels").asBoolean();
        if (!options.path("labelWithoutSelector").asBoolean()) {
            pairs(labels, "commonLabels", force);
            return;
        }
        ObjectNode entry = fields.withArray("/labels").addObject();
        entry.set("pairs", labels.deepCopy());
        entry.put("includeTemplates", options.path("labelIncludeTemplates").asBoolean());
    }

    private void annotations() {
        pairs(
                options.path("commonAnnotations"),
                "commonAnnotations",
                options.path("forceCommonAnnotations").asBoolean());
    }

    private void pairs(JsonNode pairs, String field, boolean force) {
        pairs.properties().forEach(pair -> {
            ObjectNode target = fields.withObject("/" + field);
            if (target.has(pair.getKey()) && !force) {
                throw invalid(
                        field,
                        "sets " + pair.getKey() + ", which is already in the kustomization file; set force"
                                + Character.toUpperCase(field.charAt(0)) + field.substring(1) + " or remove it");
            }
            target.set(pair.getKey(), pair.getValue());
        });
    }

    private void append(String field) {
        if (options.path(field) instanceof ArrayNode items && !items.isEmpty()) {
            fields.withArray("/" + field).addAll((ArrayNode) items.deepCopy());
        }
    }

    /// Overrides what the kustomization says for the same name, else adds an entry.
    private void byName(String field, ObjectNode entry) {
        ArrayNode entries = fields.withArray("/" + field);
        for (JsonNode present : entries) {
            if (present instanceof ObjectNode old && old.path("name").equals(entry.path("name"))) {
                if (entry.has("newTag") || entry.has("digest")) {
                    old.remove(List.of("newTag", "digest"));
                }
                old.setAll(entry);
                return;
            }
        }
        entries.add(entry);
    }

    /// `name=newname:tag`, `name:tag`, `name=newname@digest`, `name@digest` or `name=newname`.
    private ObjectNode image(String text) {
        int equals = text.indexOf('=');
        String reference = text.substring(equals + 1);
        int at = reference.indexOf('@');
        int colon = at >= 0 ? -1 : reference.indexOf(':', reference.indexOf('/') + 1);
        int end = at >= 0 ? at : colon;
        String name = end >= 0 ? reference.substring(0, end) : reference;
        if (!text.matches("[A-Za-z0-9_.:/@=*-]+") || name.isEmpty() || equals == 0 || (equals < 0 && end < 0)) {
            throw invalid("images", "has an entry that is not written name=newname:tag, name:tag or name@digest");
        }
        ObjectNode entry = fields.objectNode().put("name", equals >= 0 ? text.substring(0, equals) : name);
        if (equals >= 0) {
            entry.put("newName", name);
        }
        if (end >= 0) {
            entry.put(at >= 0 ? "digest" : "newTag", reference.substring(end + 1));
        }
        return entry;
    }

    private static RefusedRender invalid(String field, String message) {
        return new RefusedRender(
                List.of(new Condition(Condition.INVALID_SPEC_ERROR, "spec.source.kustomize." + field + " " + message)));
    }
}
