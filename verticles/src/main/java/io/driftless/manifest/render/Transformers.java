package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What the simple fields of one kustomization do to all objects of its layer.
final class Transformers {
    private static final Set<String> SCALED =
            Set.of("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet");
    private static final FieldPath REPLICAS = FieldPath.created("spec/replicas");
    private static final List<FieldPath> NAMESPACES = List.of(
            FieldPath.created("spec/service/namespace", "APIService"),
            FieldPath.existing("spec/conversion/webhook/clientConfig/service/namespace", "CustomResourceDefinition"));

    private final KustomizationFile file;
    private final ResourceList resources;

    Transformers(KustomizationFile file, ResourceList resources) {
        this.file = file;
        this.resources = resources;
    }

    void namespace() {
        String namespace = file.text("namespace");
        if (namespace.isEmpty()) {
            return;
        }
        for (KustomizeResource resource : resources) {
            resource.remember();
            KustomizeResource.Id id = resource.id();
            if (resource.namespaced()) {
                resource.metadata().put("namespace", namespace);
            } else if (id.kind().equals("Namespace") && id.group().isEmpty()) {
                resource.metadata().put("name", namespace);
            }
            NAMESPACES.forEach(path -> path.edit(resource.object(), old -> TextNode.valueOf(namespace)));
            defaultSubjects(resource.object(), namespace);
        }
        Set<KustomizeResource.Id> ids = new HashSet<>();
        for (KustomizeResource resource : resources) {
            if (!ids.add(resource.id())) {
                throw file.refused(
                        "namespace",
                        "namespace transformation produces ID conflict: two objects become "
                                + resource.id().shown() + "; rename one of them");
            }
        }
    }

    /// Kustomize moves subjects called "default" of any kind.
    private static void defaultSubjects(ObjectNode object, String namespace) {
        if (Set.of("RoleBinding", "ClusterRoleBinding")
                .contains(object.path("kind").asText())) {
            for (JsonNode subject : object.path("subjects")) {
                if (subject instanceof ObjectNode map
                        && map.path("name").asText().equals("default")) {
                    map.put("namespace", namespace);
                }
            }
        }
    }

    void names() {
        String prefix = file.text("namePrefix");
        String suffix = file.text("nameSuffix");
        if (prefix.isEmpty() && suffix.isEmpty()) {
            return;
        }
        for (KustomizeResource resource : resources) {
            if (!KustomizeBuild.FIXED_NAMES.contains(resource.original().kind())) {
                resource.affix(prefix, suffix);
            }
        }
    }

    void labels() {
        for (ObjectNode entry : file.maps("labels")) {
            file.checkKeys("labels", entry, Set.of("pairs", "includeSelectors", "includeTemplates"));
            Map<String, String> pairs = file.textMap(entry.path("pairs"), "labels");
            List<FieldPath> paths = new ArrayList<>(FieldPaths.LABELS);
            if (entry.path("includeSelectors").asBoolean()) {
                paths.addAll(FieldPaths.TEMPLATE_LABELS);
                paths.addAll(FieldPaths.SELECTORS);
            } else if (entry.path("includeTemplates").asBoolean()) {
                paths.addAll(FieldPaths.TEMPLATE_LABELS);
            }
            put(pairs, paths);
        }
        Map<String, String> common = file.textMap(file.fields().path("commonLabels"), "commonLabels");
        put(common, FieldPaths.LABELS);
        put(common, FieldPaths.TEMPLATE_LABELS);
        put(common, FieldPaths.SELECTORS);
    }

    void annotations() {
        put(file.textMap(file.fields().path("commonAnnotations"), "commonAnnotations"), FieldPaths.ANNOTATIONS);
    }

    private void put(Map<String, String> pairs, List<FieldPath> paths) {
        if (pairs.isEmpty()) {
            return;
        }
        UnaryOperator<JsonNode> add = old -> {
            ObjectNode map = old instanceof ObjectNode present ? present : JsonNodeFactory.instance.objectNode();
            pairs.forEach(map::put);
            return map;
        };
        resources.forEach(resource -> paths.forEach(path -> path.edit(resource.object(), add)));
    }

    void replicas() {
        for (ObjectNode entry : file.maps("replicas")) {
            String name = entry.path("name").asText();
            int count = count(entry.path("count"));
            List<KustomizeResource> scaled = resources.matching(
                    resource -> SCALED.contains(resource.original().kind())
                            && resource.ids().anyMatch(id -> id.name().equals(name)));
            if (scaled.isEmpty()) {
                throw file.refused(
                        "replicas",
                        name,
                        "resource with name " + name
                                + " does not match a Deployment, ReplicaSet, StatefulSet or ReplicationController; correct the name");
            }
            scaled.forEach(resource -> REPLICAS.edit(resource.object(), old -> IntNode.valueOf(count)));
        }
    }

    private int count(JsonNode count) {
        if (count.isInt() && count.intValue() >= 0) {
            return count.intValue();
        }
        if (count.isTextual() && count.textValue().matches("[0-9]{1,9}")) {
            return Integer.parseInt(count.textValue());
        }
        throw file.refused("replicas", "replicas.count must be a whole number, 0 or more");
    }

    void images() {
        for (ObjectNode entry : file.maps("images")) {
            file.checkKeys("images", entry, Set.of("name", "newName", "newTag", "digest", "tagSuffix"));
            ImageChange change = ImageChange.of(file, entry);
            resources.forEach(resource -> change.apply(resource.object()));
        }
    }
}
