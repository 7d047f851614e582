package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes the metadata of any object invalid.
public final class MetadataRules {
    private static final int LARGEST_ANNOTATIONS = 256 * 1024;
    /// Groups whose objects, as those of defined kinds, may have finalizers that are no more than a name.
    private static final Set<String> LENIENT =
            Set.of("apiextensions.k8s.io", "apiregistration.k8s.io", "coordination.k8s.io");

    static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() {}

    /// Whether the metadata of a new object is looked at only where nothing else is wrong with it: its name may be
    /// whatever a path can hold then.
    public static boolean isLookedAtLast(ResourceType type) {
        return type.id().equals("poddisruptionbudgets.policy") || EventRules.ofCore(type);
    }

    /// What is wrong with the metadata of an object.
    ///
    /// @param before the metadata there is; null for a new object
    public static List<Violation> problems(ResourceType type, JsonNode meta, @Nullable JsonNode before) {
        List<Violation> out = new ArrayList<>();
        String beginning = meta.path("generateName").asText();
        if (!beginning.isEmpty() && !unchanged("generateName", meta, before)) {
            Names.name(type, "metadata.generateName", beginning, true, out);
        }
        if (before == null) {
            Names.name(type, "metadata.name", meta.path("name").asText(), false, out);
        }
        if (!unchanged("labels", meta, before)) {
            meta.path("labels").properties().forEach(label -> {
                Names.key("metadata.labels", label.getKey(), out);
                Names.value("metadata.labels", label.getValue().asText(), out);
            });
        }
        if (!unchanged("annotations", meta, before)) {
            annotations(meta.path("annotations"), out);
        }
        owners(meta.path("ownerReferences"), out);
        finalizers(type, meta, before, out);
        return out;
    }

    private static boolean unchanged(String field, JsonNode meta, @Nullable JsonNode before) {
        return before != null && before.path("metadata").path(field).equals(meta.path(field));
    }

    private static void annotations(JsonNode annotations, List<Violation> out) {
        long size = 0;
        for (var annotation : annotations.properties()) {
            Names.key("metadata.annotations", annotation.getKey().toLowerCase(Locale.ROOT), out);
            size += annotation.getKey().length()
                    + annotation.getValue().asText().length();
        }
        if (size > LARGEST_ANNOTATIONS) {
            out.add(new Violation(
                    "metadata.annotations",
                    "FieldValueTooLong",
                    "Too long: may not be more than " + LARGEST_ANNOTATIONS + " bytes"));
        }
    }

    private static void finalizers(ResourceType type, JsonNode meta, @Nullable JsonNode before, List<Violation> out) {
        Set<String> were = new HashSet<>();
        boolean leaving = before != null && before.path("metadata").has("deletionTimestamp");
        if (before != null) {
            before.path("metadata").path("finalizers").forEach(f -> were.add(f.asText()));
        }
        for (int i = 0; i < meta.path("finalizers").size(); i++) {
            String name = meta.path("finalizers").get(i).asText();
            String field = "metadata.finalizers[" + i + "]";
            if (!STANDARD_FINALIZERS.contains(name) && !were.contains(name)) {
                Names.key("metadata.finalizers", name, out);
                if (!name.contains("/") && !lenient(type)) {
                    out.add(Names.invalid(
                            field, name, "name is neither a standard finalizer name nor is it fully qualified"));
                }
            }
            if (leaving && !were.contains(name)) {
                out.add(Violation.worded(
                        "metadata.finalizers",
                        "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers"
                                + " []string{\"" + name + "\"}"));
            }
        }
    }

    /// Whether a finalizer may be no more than a name.
    private static boolean lenient(ResourceType type) {
        return type.custom() != null || LENIENT.contains(type.group()) || isLookedAtLast(type);
    }

    private static void owners(JsonNode references, List<Violation> out) {
        List<String> controllers = new ArrayList<>();
        for (JsonNode owner : references) {
            String version = owner.path("apiVersion").asText();
            if (version.isEmpty() || version.indexOf('/') != version.lastIndexOf('/')) {
                out.add(Names.invalid("metadata.ownerReferences.apiVersion", version, "version must not be empty"));
            }
            for (String field : List.of("kind", "name", "uid")) {
                if (owner.path(field).asText().isEmpty()) {
                    out.add(Names.invalid("metadata.ownerReferences." + field, "", "must not be empty"));
                }
            }
            if (version.equals("v1") && owner.path("kind").asText().equals("Event")) {
                out.add(Violation.invalid(
                        "metadata.ownerReferences",
                        shown(owner).toString(),
                        "/v1, Kind=Event is disallowed from being an owner"));
            }
            if (owner.path("controller").asBoolean()) {
                controllers.add(
                        owner.path("kind").asText() + "/" + owner.path("name").asText());
            }
        }
        if (controllers.size() > 1) {
            ArrayNode all = Json.MAPPER.createArrayNode();
            references.forEach(owner -> all.add(shown(owner)));
            for (String other : controllers.subList(1, controllers.size())) {
                out.add(Violation.invalid(
                        "metadata.ownerReferences",
                        all.toString(),
                        "Only one reference can have Controller set to true. Found \"true\" in references for "
                                + controllers.getFirst() + " and " + other));
            }
        }
    }

    /// An owner with its fields in the order of the real server.
    private static ObjectNode shown(JsonNode owner) {
        ObjectNode out = Json.object();
        for (String field : List.of("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion")) {
            if (owner.has(field)) {
                out.set(field, owner.get(field));
            }
        }
        return out;
    }
}
