package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ResourceId;
import java.util.List;
import java.util.Optional;

/// One object on its way from manifest to desired.
final class DesiredObjectBuilder {
    /// Set by servers only: in a manifest they would make an apply fail or claim what is not ours.
    private static final List<String> SERVER_FIELDS = List.of(
            "managedFields",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "selfLink");

    private final Manifest manifest;
    private final Desired.Target target;
    private final ObjectNode object;
    private final String group;
    private final boolean namespaced;

    DesiredObjectBuilder(Manifest manifest, Desired.Target target) {
        this.manifest = manifest;
        this.target = target;
        this.object = manifest.object().deepCopy();
        String apiVersion = object.path("apiVersion").asText();
        this.group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        this.namespaced = target.scopes().isNamespaced(group, manifest.kind());
    }

    Optional<String> fault() {
        String kind = manifest.kind();
        if (namespaced && declaredNamespace().isEmpty() && target.namespace().isEmpty()) {
            return Optional.of(kind + " " + manifest.name()
                    + " has no namespace and the Application's destination names none; set spec.destination.namespace");
        }
        String wave = wave();
        if (!wave.isEmpty() && !isInteger(wave)) {
            return Optional.of(kind + " " + manifest.name() + ": the annotation " + Desired.SYNC_WAVE
                    + " must be a whole number of 32 bits such as \"-1\" or \"5\"");
        }
        return Optional.empty();
    }

    DesiredObject build() {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.remove(SERVER_FIELDS);
        String declared = declaredNamespace();
        String effective = declared.isEmpty() ? target.namespace() : declared;
        metadata.remove("namespace");
        if (namespaced) {
            metadata.put("namespace", effective);
        }
        List<String> hooks = Desired.parts(object, Desired.HOOK);
        String wave = wave();
        annotations(metadata)
                .put(
                        Desired.TRACKING_ID,
                        target.application() + ":" + group + "/" + manifest.kind() + ":" + effective + "/"
                                + manifest.name());
        ResourceId id = new ResourceId(group, manifest.kind(), namespaced ? effective : "", manifest.name());
        return new DesiredObject(
                id, object, wave.isEmpty() ? 0 : Integer.parseInt(wave), hooks, manifest.file(), manifest.line());
    }

    private static ObjectNode annotations(ObjectNode metadata) {
        return metadata.get("annotations") instanceof ObjectNode annotations
                ? annotations
                : metadata.putObject("annotations");
    }

    private String declaredNamespace() {
        JsonNode namespace = object.path("metadata").path("namespace");
        return namespace.isTextual() ? namespace.textValue() : "";
    }

    private String wave() {
        return object.path("metadata")
                .path("annotations")
                .path(Desired.SYNC_WAVE)
                .asText("")
                .strip();
    }

    private static boolean isInteger(String text) {
        try {
            Integer.parseInt(text);
            return true;
        } catch (NumberFormatException notInteger) {
            return false;
        }
    }
}
