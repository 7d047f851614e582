package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The `target` of a patch. Group, version, kind, name and namespace are patterns for the whole text; empty ones
/// match
/// anything.
final class PatchTarget {
    private final Map<String, Pattern> patterns;
    private final MetadataSelector labels;
    private final MetadataSelector annotations;

    private PatchTarget(Map<String, Pattern> patterns, MetadataSelector labels, MetadataSelector annotations) {
        this.patterns = patterns;
        this.labels = labels;
        this.annotations = annotations;
    }

    static PatchTarget of(KustomizationFile file, String field, JsonNode target) {
        file.checkKeys(
                field,
                target,
                Set.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector"));
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        for (String part : Set.of("group", "version", "kind", "name", "namespace")) {
            String text = target.path(part).asText("");
            if (!text.isEmpty()) {
                patterns.put(part, pattern(file, field, part, text));
            }
        }
        return new PatchTarget(
                patterns,
                selector(file, field, target, "labelSelector"),
                selector(file, field, target, "annotationSelector"));
    }

    private static Pattern pattern(KustomizationFile file, String field, String part, String text) {
        try {
            return Pattern.compile("^(?:" + text + ")$");
        } catch (PatternSyntaxException malformed) {
            throw file.refused(field, text, field + ".target." + part + " \"" + text + "\" is not a valid pattern");
        }
    }

    private static MetadataSelector selector(KustomizationFile file, String field, JsonNode target, String part) {
        String text = target.path(part).asText("");
        return MetadataSelector.parse(text)
                .orElseThrow(() -> file.refused(
                        field, text, field + ".target." + part + " \"" + text + "\" is not a valid selector"));
    }

    boolean matches(KustomizeResource resource) {
        return (matches(resource.original())
                        || matches(resource.id())
                        || resource.previous().stream().anyMatch(this::matches))
                && labels.matches(resource.label("labels"))
                && annotations.matches(resource.label("annotations"));
    }

    private boolean matches(KustomizeResource.Id id) {
        return matches("group", id.group())
                && matches("version", id.version())
                && matches("kind", id.kind())
                && matches("name", id.name())
                && matches("namespace", id.namespace().isEmpty() ? "default" : id.namespace());
    }

    private boolean matches(String part, String text) {
        return Optional.ofNullable(patterns.get(part))
                .map(pattern -> pattern.matches(text))
                .orElse(true);
    }
}
