package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.yaml.Document;
import io.driftless.objects.yaml.YamlOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A kustomization file with the fields that we support; any other field that means something is refused by name.
///
/// @param fields canonical names, `bases` already among `resources`
record KustomizationFile(String directory, String file, ObjectNode fields, String text) {
    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final Set<String> SUPPORTED = Set.of(
            "apiVersion",
            "kind",
            "metadata",
            "resources",
            "components",
            "namespace",
            "namePrefix",
            "nameSuffix",
            "commonLabels",
            "labels",
            "commonAnnotations",
            "images",
            "replicas",
            "patches",
            "patchesStrategicMerge",
            "patchesJson6902",
            "configMapGenerator",
            "secretGenerator",
            "generatorOptions",
            "bases",
            // The order of the output is no matter of ours: a sync orders objects itself.
            "sortOptions");
    private static final Set<String> NOT_YET = Set.of(
            "replacements",
            "vars",
            "configurations",
            "crds",
            "openapi",
            "generators",
            "transformers",
            "validators",
            "helmCharts",
            "helmGlobals",
            "helmChartInflationGenerator",
            "buildMetadata",
            "imageTags",
            "inventory");

    static KustomizationFile load(BoundedFiles files, String directory) {
        List<String> found = NAMES.stream()
                .map(name -> RepositoryPath.child(directory, name))
                .filter(path -> files.entry(path).isPresent())
                .toList();
        if (found.isEmpty()) {
            throw new RefusedRender(directory
                    + ": unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization'; add one");
        }
        if (found.size() > 1) {
            throw new RefusedRender(directory + ": found multiple kustomization files: " + String.join(", ", found)
                    + "; keep one of them");
        }
        files.visitDirectory(directory);
        String file = found.getFirst();
        byte[] content = files.read(files.entry(file).orElseThrow());
        List<Document> documents = ManifestReader.documents(file, content, YamlOptions.STRICT.lenient());
        if (documents.isEmpty()) {
            throw new RefusedRender(file + ": kustomization.yaml is empty; list at least one of its resources");
        }
        if (documents.size() > 1 || !(documents.getFirst().value() instanceof ObjectNode fields)) {
            throw new RefusedRender(file + ": a kustomization must be one YAML map");
        }
        return of(directory, file, fields, new String(content, StandardCharsets.UTF_8));
    }

    private static KustomizationFile of(String directory, String file, ObjectNode written, String text) {
        KustomizationFile result = new KustomizationFile(directory, file, written.objectNode(), text);
        Map<String, String> canonical = new LinkedHashMap<>();
        SUPPORTED.forEach(name -> canonical.put(name.toLowerCase(Locale.ROOT), name));
        NOT_YET.forEach(name -> canonical.put(name.toLowerCase(Locale.ROOT), name));
        written.properties().forEach(field -> {
            String name = Optional.ofNullable(canonical.get(field.getKey().toLowerCase(Locale.ROOT)))
                    .orElseThrow(() -> result.refused(
                            field.getKey(),
                            "invalid Kustomization: unknown field \"" + field.getKey() + "\"; remove it"));
            JsonNode value = field.getValue();
            boolean empty = value.isNull() || (value.isContainerNode() && value.isEmpty());
            if (NOT_YET.contains(name) && !empty) {
                throw result.refused(field.getKey(), "the field " + name + " is not supported yet");
            }
            if (!empty) {
                result.fields.set(name, value);
            }
        });
        result.checkKind();
        result.moveBases();
        return result;
    }

    private void checkKind() {
        String kind = fields.path("kind").asText("Kustomization");
        String apiVersion = fields.path("apiVersion")
                .asText(
                        kind.equals("Component")
                                ? "kustomize.config.k8s.io/v1alpha1"
                                : "kustomize.config.k8s.io/v1beta1");
        if (!kind.equals("Kustomization") && !kind.equals("Component")) {
            throw refused("kind", "kind should be Kustomization or Component");
        }
        String expected =
                kind.equals("Component") ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
        if (!apiVersion.equals(expected)) {
            throw refused("apiVersion", "apiVersion for " + kind + " should be " + expected);
        }
    }

    private void moveBases() {
        if (fields.remove("bases") instanceof ArrayNode bases) {
            fields.withArray("/resources").addAll(bases);
        }
    }

    boolean isComponent() {
        return fields.path("kind").asText().equals("Component");
    }

    /// Whether anything but apiVersion, kind and metadata is said.
    boolean isEmpty() {
        return fields.propertyStream()
                .allMatch(field -> Set.of("apiVersion", "kind", "metadata").contains(field.getKey()));
    }

    String text(String field) {
        JsonNode value = fields.path(field);
        if (value.isMissingNode()) {
            return "";
        }
        if (!value.isTextual()) {
            throw refused(field, field + " must be text; put it in quotes");
        }
        return value.textValue();
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(field)) {
            if (!item.isTextual()) {
                throw refused(field, field + " must be a list of texts");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    List<ObjectNode> maps(String field) {
        List<ObjectNode> maps = new ArrayList<>();
        for (JsonNode item : list(field)) {
            if (!(item instanceof ObjectNode map)) {
                throw refused(field, field + " must be a list of maps");
            }
            maps.add(map);
        }
        return maps;
    }

    /// A map of texts inside `parent`, for a message under the name of `field`.
    Map<String, String> textMap(JsonNode value, String field) {
        Map<String, String> map = new LinkedHashMap<>();
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            throw refused(field, field + " must be a map of texts");
        }
        value.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw refused(field, field + "." + entry.getKey() + " must be text; put its value in quotes");
            }
            map.put(entry.getKey(), entry.getValue().textValue());
        });
        return map;
    }

    /// Refuses keys of a map that are not listed, as Kustomize refuses unknown fields.
    void checkKeys(String field, JsonNode map, Set<String> known) {
        map.propertyStream()
                .map(Map.Entry::getKey)
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw refused(field, field + " has the field " + key + ", which is unknown or not supported yet");
                });
    }

    private JsonNode list(String field) {
        JsonNode value = fields.path(field);
        if (!value.isMissingNode() && !value.isArray()) {
            throw refused(field, field + " must be a list");
        }
        return value;
    }

    RefusedRender refused(String field, String message) {
        return RefusedRender.at(file, lineOf(field, ""), message);
    }

    /// A refusal that points at the line on which `entry` stands below `field`.
    RefusedRender refused(String field, String entry, String message) {
        return RefusedRender.at(file, lineOf(field, entry), message);
    }

    private int lineOf(String field, String entry) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith(field + ":")) {
                for (int j = i; j < lines.length && !entry.isEmpty(); j++) {
                    if (lines[j].contains(entry)) {
                        return j + 1;
                    }
                }
                return i + 1;
            }
        }
        return 0;
    }
}
