package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.kustomize.Kustomize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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
            "version",
            "kubeVersion",
            "apiVersions");

    private static final Set<String> CHANGED = Set.of(
            "namePrefix",
            "nameSuffix",
            "namespace",
            "images",
            "imageTags",
            "replicas",
            "labels",
            "commonLabels",
            "commonAnnotations",
            "patches",
            "components");

    private final ObjectNode fields;
    private final JsonNode options;
    private final BuildEnvironment environment;

    private ApplicationKustomizeOptions(ObjectNode fields, JsonNode options, BuildEnvironment environment) {
        this.fields = fields;
        this.options = options;
        this.environment = environment;
    }

    /// Changes the fields of a kustomization file, whatever the case in which it writes their names.
    ///
    /// @param directory whether a component's directory exists
    static void apply(ObjectNode fields, JsonNode options, BuildEnvironment environment, Predicate<String> directory) {
        for (String name :
                List.copyOf(fields.propertyStream().map(Map.Entry::getKey).toList())) {
            CHANGED.stream()
                    .filter(known -> known.equalsIgnoreCase(name) && !known.equals(name))
                    .findFirst()
                    .ifPresent(known -> fields.set(known, fields.remove(name)));
        }
        new ApplicationKustomizeOptions(fields, options, environment).apply(directory);
    }

    private void apply(Predicate<String> directory) {
        options.propertyStream()
                .map(Map.Entry::getKey)
                .filter(key -> !KNOWN.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw invalid(key, "is not supported yet");
                });
        version();
        for (String field : List.of("namePrefix", "nameSuffix", "namespace")) {
            if (!options.path(field).asText("").isEmpty()) {
                fields.put(field, options.path(field).asText());
            }
        }
        images();
        replicas();
        labels();
        annotations();
        if (options.path("patches") instanceof ArrayNode patches && !patches.isEmpty()) {
            list("patches").addAll((ArrayNode) patches.deepCopy());
        }
        components(directory);
    }

    private void version() {
        String wanted = options.path("version").asText("");
        if (!wanted.isEmpty() && !wanted.equals(Kustomize.VERSION) && !("v" + wanted).equals(Kustomize.VERSION)) {
            throw invalid("version", "is not " + Kustomize.VERSION + ", and others are not supported yet; remove it");
        }
    }

    private void images() {
        List<String> overrides = new ArrayList<>();
        options.path("images").forEach(image -> overrides.add(environment.substitute("images", image.asText())));
        if (!overrides.isEmpty()) {
            list("images");
            ImageOverrides.apply(fields, overrides);
        }
    }

    /// Each count, which may be written as text, in place of the one for the same name.
    private void replicas() {
        for (JsonNode replica : options.path("replicas")) {
            String count = replica.path("count").asText();
            if (!count.matches("[0-9]{1,9}")) {
                throw invalid("replicas", "has a count that is no number; give one from 0 to 999999999");
            }
            ObjectNode wanted =
                    fields.objectNode().put("name", replica.path("name").asText());
            wanted.put("count", Integer.parseInt(count));
            ArrayNode entries = list("replicas");
            int at = 0;
            while (at < entries.size() && !entries.get(at).path("name").equals(wanted.get("name"))) {
                at++;
            }
            if (at < entries.size()) {
                entries.set(at, wanted);
            } else {
                entries.add(wanted);
            }
        }
    }

    private void labels() {
        JsonNode labels = substituted("commonLabels");
        if (labels.isEmpty()) {
            return;
        }
        boolean templates = options.path("labelIncludeTemplates").asBoolean();
        if (options.path("labelWithoutSelector").asBoolean()) {
            pairs(labels, map(withoutSelector(templates), "pairs"), "commonLabels");
        } else if (templates) {
            throw invalid("labelIncludeTemplates", "needs labelWithoutSelector; set both or neither");
        } else {
            pairs(labels, map(fields, "commonLabels"), "commonLabels");
        }
    }

    /// The entry of the kustomization that adds labels in just these places, or a new one.
    private ObjectNode withoutSelector(boolean templates) {
        ArrayNode entries = list("labels");
        for (JsonNode entry : entries) {
            if (entry instanceof ObjectNode present
                    && !present.path("includeSelectors").asBoolean()
                    && present.path("includeTemplates").asBoolean() == templates
                    && !present.has("fields")) {
                return present;
            }
        }
        ObjectNode entry = entries.addObject();
        if (templates) {
            entry.put("includeTemplates", true);
        }
        return entry;
    }

    private void annotations() {
        JsonNode annotations = options.path("commonAnnotationsEnvsubst").asBoolean()
                ? substituted("commonAnnotations")
                : options.path("commonAnnotations");
        if (!annotations.isEmpty()) {
            pairs(annotations, map(fields, "commonAnnotations"), "commonAnnotations");
        }
    }

    private ObjectNode substituted(String field) {
        ObjectNode result = fields.objectNode();
        options.path(field)
                .properties()
                .forEach(pair -> result.put(
                        pair.getKey(),
                        environment.substitute(field, pair.getValue().asText())));
        return result;
    }

    private void pairs(JsonNode pairs, ObjectNode target, String field) {
        String force = "force" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
        pairs.properties().forEach(pair -> {
            if (target.has(pair.getKey()) && !options.path(force).asBoolean()) {
                throw invalid(
                        field,
                        "sets " + pair.getKey() + ", which is already in the kustomization file; set " + force
                                + " or remove it");
            }
            target.set(pair.getKey(), pair.getValue());
        });
    }

    /// Only the Application's own components may be missing, and only where it says so.
    private void components(Predicate<String> directory) {
        boolean mayMiss = options.path("ignoreMissingComponents").asBoolean();
        for (JsonNode component : options.path("components")) {
            boolean wanted = !mayMiss || directory.test(component.asText());
            if (wanted && !list("components").valueStream().toList().contains(component)) {
                list("components").add(component);
            }
        }
    }

    private ArrayNode list(String field) {
        return switch (fields.path(field)) {
            case ArrayNode present -> present;
            case JsonNode other when other.isMissingNode() || other.isNull() -> fields.putArray(field);
            default ->
                throw new RefusedRender("the kustomization file's " + field
                        + " is not a list, so spec.source.kustomize." + field + " cannot be added; mend the file");
        };
    }

    private static ObjectNode map(ObjectNode parent, String field) {
        return switch (parent.path(field)) {
            case ObjectNode present -> present;
            case JsonNode other when other.isMissingNode() || other.isNull() -> parent.putObject(field);
            default ->
                throw new RefusedRender("the kustomization file's " + field
                        + " is not a map, so nothing can be added to it; mend the file");
        };
    }

    private static RefusedRender invalid(String field, String message) {
        return RefusedRender.ofSpec("spec.source.kustomize." + field + " " + message);
    }
}
