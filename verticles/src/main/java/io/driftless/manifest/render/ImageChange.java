package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/// One entry of `images`: the reference is split into name, tag and digest, and what the entry gives replaces its
/// part.
record ImageChange(Pattern pattern, String newName, String newTag, String tagSuffix, String digest) {
    private static final List<FieldPath> VOLUMES = List.of(
            FieldPath.existing("spec/volumes[]/image/reference"),
            FieldPath.existing("spec/template/spec/volumes[]/image/reference"));

    static ImageChange of(KustomizationFile file, ObjectNode entry) {
        String name = text(file, entry, "name");
        if (name.isEmpty()) {
            throw file.refused("images", "an entry of images has no name; give the image name to replace");
        }
        try {
            // Kustomize takes the name for a regular expression.
            Pattern pattern = Pattern.compile("^" + name + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$");
            return new ImageChange(
                    pattern,
                    text(file, entry, "newName"),
                    text(file, entry, "newTag"),
                    text(file, entry, "tagSuffix"),
                    text(file, entry, "digest"));
        } catch (PatternSyntaxException malformed) {
            throw file.refused("images", name, "images.name \"" + name + "\" is not a valid pattern");
        }
    }

    private static String text(KustomizationFile file, ObjectNode entry, String field) {
        JsonNode value = entry.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw file.refused("images", field, "images." + field + " must be text; put it in quotes");
        }
        return value.asText("");
    }

    void apply(ObjectNode object) {
        if (object.path("kind").asText().equals("CustomResourceDefinition")) {
            return;
        }
        containers(object);
        VOLUMES.forEach(path -> path.edit(object, this::changed));
    }

    private void containers(JsonNode node) {
        if (node.isArray()) {
            node.forEach(this::containers);
            return;
        }
        node.properties().forEach(field -> {
            if (field.getValue().isArray()
                    && (field.getKey().equals("containers") || field.getKey().equals("initContainers"))) {
                field.getValue().forEach(container -> {
                    if (container instanceof ObjectNode map && map.path("image").isTextual()) {
                        map.set("image", changed(map.path("image")));
                    }
                });
            }
            if (field.getValue().isContainerNode()) {
                containers(field.getValue());
            }
        });
    }

    private JsonNode changed(JsonNode image) {
        String reference = image.asText();
        if (!image.isTextual() || !pattern.matcher(reference).find()) {
            return image;
        }
        int at = reference.indexOf('@');
        String digestNow = at < 0 ? "" : reference.substring(at);
        String tagged = at < 0 ? reference : reference.substring(0, at);
        int colon = tagged.indexOf(':', tagged.indexOf('/') + 1);
        String tag = colon < 0 ? "" : tagged.substring(colon);
        String name = newName.isEmpty() ? (colon < 0 ? tagged : tagged.substring(0, colon)) : newName;
        if (!newTag.isEmpty() && !digest.isEmpty()) {
            tag = ":" + newTag;
            digestNow = "@" + digest;
        } else if (!newTag.isEmpty()) {
            tag = ":" + newTag;
            digestNow = "";
        } else if (!digest.isEmpty()) {
            tag = "";
            digestNow = "@" + digest;
        }
        if (!tagSuffix.isEmpty()) {
            tag = (tag.isEmpty() ? ":" : tag) + tagSuffix;
            digestNow = "";
        }
        return TextNode.valueOf(name + tag + digestNow);
    }
}
