package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What every object must have before anything can be done with it; all faults of a render are told at once, up to a
/// bound.
final class ManifestCheck {
    private static final int MOST_FAULTS = 20;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_NAMESPACE = 63;

    private ManifestCheck() {}

    static void check(List<Manifest> manifests) {
        List<Condition> faults = new ArrayList<>();
        for (Manifest manifest : manifests) {
            fault(manifest)
                    .ifPresent(fault ->
                            faults.add(new Condition(Condition.COMPARISON_ERROR, manifest.place() + ": " + fault)));
            if (faults.size() == MOST_FAULTS) {
                break;
            }
        }
        if (!faults.isEmpty()) {
            throw new RefusedRender(faults);
        }
    }

    private static Optional<String> fault(Manifest manifest) {
        JsonNode object = manifest.object();
        JsonNode metadata = object.path("metadata");
        if (!isText(object.path("apiVersion"))) {
            return Optional.of("the object has no apiVersion; add one, such as apiVersion: v1");
        }
        if (!isText(object.path("kind"))) {
            return Optional.of("the object has no kind; add one, such as kind: ConfigMap");
        }
        String kind = manifest.kind();
        if (!isText(metadata.path("name"))) {
            return Optional.of(
                    metadata.has("generateName")
                            ? "the " + kind + " has generateName, which is not supported yet; give it a metadata.name"
                            : "the " + kind
                                    + " has no metadata.name; add one (text, in quotes if it looks like a number)");
        }
        String name = manifest.name();
        if (name.length() > LONGEST_NAME || !isSegment(name) || name.indexOf('|') >= 0) {
            return Optional.of("the name of the " + kind + " \"" + shortened(name)
                    + "\" is not valid: at most 253 characters, without / % or |");
        }
        JsonNode namespace = metadata.path("namespace");
        if (!namespace.isMissingNode() && !namespace.isNull() && !isNamespace(namespace)) {
            return Optional.of(kind + " " + name
                    + ": metadata.namespace is not valid: at most 63 lower-case letters, digits and -");
        }
        return textMap(kind, name, metadata, "labels").or(() -> textMap(kind, name, metadata, "annotations"));
    }

    private static Optional<String> textMap(String kind, String name, JsonNode metadata, String field) {
        JsonNode map = metadata.path(field);
        if (map.isMissingNode() || map.isNull()) {
            return Optional.empty();
        }
        if (!map.isObject()) {
            return Optional.of(kind + " " + name + ": metadata." + field + " must be a map of texts");
        }
        return map.properties().stream()
                .filter(entry ->
                        !entry.getValue().isTextual() && !entry.getValue().isNull())
                .findFirst()
                .map(entry -> kind + " " + name + ": metadata." + field + "." + entry.getKey()
                        + " must be text; put its value in quotes");
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank();
    }

    private static boolean isSegment(String name) {
        return !name.equals(".") && !name.equals("..") && name.chars().noneMatch(c -> c == '/' || c == '%' || c <= ' ');
    }

    private static boolean isNamespace(JsonNode node) {
        return node.isTextual()
                && node.textValue().length() <= LONGEST_NAMESPACE
                && node.textValue().chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
