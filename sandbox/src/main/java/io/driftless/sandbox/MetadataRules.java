package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What makes the metadata of any object invalid.
final class MetadataRules {
    private static final Pattern QUALIFIED =
            Pattern.compile("([a-z0-9][-a-z0-9.]*/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?");

    private MetadataRules() {}

    static List<Violation> problems(JsonNode meta, @Nullable JsonNode before) {
        List<Violation> out = new ArrayList<>();
        finalizers(meta, before, out);
        owners(meta.path("ownerReferences"), out);
        return out;
    }

    private static void finalizers(JsonNode meta, @Nullable JsonNode before, List<Violation> out) {
        Set<String> were = new HashSet<>();
        boolean leaving = before != null && before.path("metadata").has("deletionTimestamp");
        if (before != null) {
            before.path("metadata").path("finalizers").forEach(f -> were.add(f.asText()));
        }
        for (JsonNode finalizer : meta.path("finalizers")) {
            String name = finalizer.asText();
            if (!QUALIFIED.matcher(name).matches()) {
                out.add(Violation.worded(
                        "metadata.finalizers", "Invalid value: \"" + name + "\": name part must be a qualified name"));
            } else if (leaving && !were.contains(name)) {
                out.add(Violation.worded(
                        "metadata.finalizers",
                        "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers"
                                + " []string{\"" + name + "\"}"));
            }
        }
    }

    private static void owners(JsonNode references, List<Violation> out) {
        int controllers = 0;
        for (int i = 0; i < references.size(); i++) {
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (references.get(i).path(field).asText().isEmpty()) {
                    out.add(Violation.worded(
                            "metadata.ownerReferences[" + i + "]." + field, "Required value: must not be empty"));
                }
            }
            controllers += references.get(i).path("controller").asBoolean() ? 1 : 0;
        }
        if (controllers > 1) {
            out.add(Violation.worded(
                    "metadata.ownerReferences", "Invalid value: only one reference can have controller set to true"));
        }
    }
}
