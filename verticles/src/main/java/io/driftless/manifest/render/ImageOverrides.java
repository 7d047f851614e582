package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `images` of an Application, put over those of its kustomization as `kustomize edit set image` does: an entry
/// replaces the one of the same name as a whole, `*` keeps what was there, and all are ordered by name.
final class ImageOverrides {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._-]+|\\*");
    private static final List<String> PARTS = List.of("newName", "newTag", "digest");

    private ImageOverrides() {}

    static void apply(ObjectNode fields, List<String> overrides) {
        Map<String, ObjectNode> wanted = new TreeMap<>();
        for (String text : overrides) {
            ObjectNode entry = parse(fields, text);
            wanted.put(entry.path("name").asText(), entry);
        }
        ArrayNode present = fields.withArray("/images");
        // The older field for the same thing would be applied after the overrides and undo them.
        if (fields.remove("imageTags") instanceof ArrayNode older) {
            present.addAll(older);
        }
        List<JsonNode> entries = new java.util.ArrayList<>();
        for (JsonNode image : present) {
            ObjectNode override = wanted.remove(image.path("name").asText());
            entries.add(override == null ? image : kept(override, image));
        }
        wanted.values().forEach(entry -> entries.add(kept(entry, fields.objectNode())));
        entries.sort(Comparator.comparing(image -> image.path("name").asText()));
        fields.set("images", fields.arrayNode().addAll(entries));
    }

    private static ObjectNode kept(ObjectNode override, JsonNode before) {
        for (String part : PARTS) {
            if (override.path(part).asText().equals("*")) {
                override.remove(part);
                if (before.has(part)) {
                    override.set(part, before.get(part));
                }
            }
        }
        return override;
    }

    /// `name=newname`, `name:tag`, `name@digest`, or any of these together, as `name=newname:tag@digest`.
    private static ObjectNode parse(ObjectNode fields, String text) {
        int equals = text.indexOf('=');
        String reference = text.substring(equals + 1);
        int at = reference.indexOf('@');
        String tagged = at < 0 ? reference : reference.substring(0, at);
        int colon = tagged.indexOf(':', tagged.indexOf('/') + 1);
        String name = colon < 0 ? tagged : tagged.substring(0, colon);
        String old = equals < 0 ? name : text.substring(0, equals);
        Matcher tag = TAG.matcher(colon < 0 ? "*" : tagged.substring(colon + 1));
        boolean changesNothing = equals < 0 && at < 0 && colon < 0;
        if (old.isEmpty() || name.isEmpty() || changesNothing || !tag.matches() || at == reference.length() - 1) {
            throw RefusedRender.ofSpec("spec.source.kustomize.images has the entry \""
                    + ManifestCheck.shortened(text)
                    + "\"; write name=newname:tag, name=newname, name:tag or name@digest");
        }
        ObjectNode entry = fields.objectNode().put("name", old);
        if (equals >= 0) {
            entry.put("newName", name);
        }
        if (colon >= 0) {
            entry.put("newTag", tag.group());
        }
        if (at >= 0) {
            entry.put("digest", reference.substring(at + 1));
        }
        return entry;
    }
}
