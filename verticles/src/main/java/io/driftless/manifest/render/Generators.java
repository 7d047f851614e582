package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `configMapGenerator` and `secretGenerator`.
final class Generators {
    private static final Set<String> KEYS =
            Set.of("name", "namespace", "literals", "envs", "env", "files", "options", "behavior");
    private static final Set<String> OPTIONS = Set.of("labels", "annotations", "disableNameSuffixHash", "immutable");
    private static final List<String> DATA = List.of("data", "binaryData");

    private final BoundedFiles files;
    private final KustomizationFile file;

    Generators(BoundedFiles files, KustomizationFile file) {
        this.files = files;
        this.file = file;
    }

    void generate(ResourceList resources) {
        file.checkKeys("generatorOptions", file.fields().path("generatorOptions"), OPTIONS);
        for (ObjectNode entry : file.maps("configMapGenerator")) {
            file.checkKeys("configMapGenerator", entry, KEYS);
            place(generated("ConfigMap", "configMapGenerator", entry), entry, resources);
        }
        for (ObjectNode entry : file.maps("secretGenerator")) {
            ObjectNode rest = entry.deepCopy();
            rest.remove("type");
            file.checkKeys("secretGenerator", rest, KEYS);
            place(generated("Secret", "secretGenerator", entry), entry, resources);
        }
    }

    private KustomizeResource generated(String kind, String field, ObjectNode entry) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        String name = entry.path("name").asText("");
        if (name.isEmpty()) {
            throw file.refused(field, "an entry of " + field + " has no name; give one");
        }
        metadata.put("name", name);
        if (entry.hasNonNull("namespace")) {
            metadata.put("namespace", entry.path("namespace").asText());
        }
        if (kind.equals("Secret")) {
            object.put("type", entry.path("type").asText("Opaque"));
        }
        GeneratedData.of(files, file, field, entry).writeTo(object);
        options(object, metadata, field, entry.path("options"));
        KustomizeResource resource = new KustomizeResource(new Manifest(object, file.file(), 0));
        resource.markGenerated();
        resource.wantHash(!flag("disableNameSuffixHash", entry.path("options")));
        return resource;
    }

    private void options(ObjectNode object, ObjectNode metadata, String field, JsonNode own) {
        file.checkKeys(field, own, OPTIONS);
        JsonNode common = file.fields().path("generatorOptions");
        for (String part : List.of("labels", "annotations")) {
            Map<String, String> pairs = file.textMap(common.path(part), "generatorOptions");
            pairs.putAll(file.textMap(own.path(part), field));
            if (!pairs.isEmpty()) {
                pairs.forEach(metadata.putObject(part)::put);
            }
        }
        if (flag("immutable", own)) {
            object.put("immutable", true);
        }
    }

    private boolean flag(String name, JsonNode own) {
        return own.path(name).asBoolean()
                || file.fields().path("generatorOptions").path(name).asBoolean();
    }

    private void place(KustomizeResource fresh, ObjectNode entry, ResourceList resources) {
        String behavior = entry.path("behavior").asText("create");
        KustomizeResource.Id id = fresh.id();
        List<KustomizeResource> found =
                resources.matching(resource -> resource.ids().anyMatch(id::equals));
        switch (behavior) {
            case "create" -> {
                if (!found.isEmpty()) {
                    throw file.refused(
                            "",
                            "the generator of " + id.shown()
                                    + " makes an object that exists already; set its behavior to merge or replace");
                }
                resources.addAll(List.of(fresh), file);
            }
            case "merge", "replace" -> {
                if (found.size() != 1) {
                    throw file.refused(
                            "",
                            "the generator of " + id.shown() + " has behavior " + behavior + " but finds "
                                    + found.size() + " such objects in the bases; correct its name or use create");
                }
                combine(found.getFirst(), fresh, behavior.equals("replace"));
            }
            default ->
                throw file.refused(
                        "",
                        "the behavior \"" + behavior + "\" of " + id.shown()
                                + " is unknown; use create, merge or replace");
        }
    }

    private static void combine(KustomizeResource old, KustomizeResource fresh, boolean replace) {
        if (replace) {
            old.object().remove(DATA);
        }
        for (String part : DATA) {
            union(old.object(), fresh.object().path(part), part);
        }
        union(old.metadata(), fresh.label("labels"), "labels");
        union(old.metadata(), fresh.label("annotations"), "annotations");
        if (fresh.object().has("immutable")) {
            old.object().set("immutable", fresh.object().get("immutable"));
        }
        old.markGenerated();
        old.wantHash(old.wantsHash() && fresh.wantsHash());
    }

    private static void union(ObjectNode into, JsonNode from, String field) {
        if (from.isObject()) {
            ObjectNode target = into.get(field) instanceof ObjectNode present ? present : into.putObject(field);
            from.properties().forEach(pair -> target.set(pair.getKey(), pair.getValue()));
        }
    }

    /// Kustomize breaks long base64 into lines, and its hash counts them; a cluster stores the value without.
    static void joinLines(KustomizeResource resource) {
        if (resource.isGenerated()) {
            String part = resource.object().path("kind").asText().equals("Secret") ? "data" : "binaryData";
            if (resource.object().get(part) instanceof ObjectNode data) {
                data.properties()
                        .forEach(pair ->
                                data.put(pair.getKey(), pair.getValue().asText().replace("\n", "")));
            }
        }
    }
}
