package io.driftless.kustomize.model;

import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.JsonText;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The `metadata` of an object as its node holds it: read leniently, made where it is missing when something is set.
final class ObjectMetadata {
    static final String ANNOTATIONS = "annotations";
    static final String LABELS = "labels";
    private static final String METADATA = "metadata";

    private ObjectMetadata() {}

    /// A field of the metadata, unless there is none or the metadata is empty.
    static @Nullable Node field(Node object, String name) {
        Node metadata = object.get(METADATA);
        return metadata == null || metadata.isEmpty() ? null : metadata.get(name);
    }

    /// Empty where there is no such field.
    static String text(Node object, String name) {
        Node value = field(object, name);
        return value == null || value.isEmpty() ? "" : value.text();
    }

    static void set(Node object, String name, Node value) {
        Node metadata = Fields.lookUp(object, List.of(METADATA), Kind.MAP);
        if (metadata != null) {
            Fields.set(metadata, name, value);
        }
    }

    static void remove(Node object, String name) {
        Node metadata = object.get(METADATA);
        if (metadata != null) {
            Fields.set(metadata, name, null);
        }
    }

    static @Nullable String annotation(Node object, String key) {
        Node annotations = field(object, ANNOTATIONS);
        Node value = annotations == null ? null : annotations.get(key);
        return value == null ? null : value.text();
    }

    /// The annotations or labels, in the order of their keys.
    static Map<String, String> strings(Node object, String field) {
        Map<String, String> result = new TreeMap<>(JsonText::compareUtf8);
        Node map = field(object, field);
        if (map != null && map.isMap()) {
            for (int i = 0; i < map.size(); i++) {
                result.put(map.key(i), map.item(i).text());
            }
        }
        return result;
    }

    /// Writes all values as text, whatever they were.
    static void setStrings(Node object, String field, Map<String, String> values) {
        Node metadata = Fields.lookUp(object, List.of(METADATA), Kind.MAP);
        if (metadata == null) {
            return;
        }
        Fields.set(metadata, field, null);
        if (values.isEmpty()) {
            return;
        }
        Node map = Fields.lookUp(metadata, List.of(field), Kind.MAP);
        if (map != null) {
            values.forEach((key, value) -> Fields.set(map, key, Node.text(value)));
        }
    }

    /// Sets one annotation without touching the others; an annotations field that is empty or null is made anew.
    static void annotate(Node object, String key, String value) {
        Node text = Node.scalar(value, Tag.STR, Style.SINGLE);
        Node metadata = object.get(METADATA);
        if (metadata != null && metadata.isMap()) {
            Node annotations = metadata.get(ANNOTATIONS);
            if (annotations != null && annotations.size() == 0) {
                metadata.remove(ANNOTATIONS);
            }
        }
        if (metadata != null && metadata.size() == 0) {
            object.remove(METADATA);
        }
        Node annotations = Fields.lookUp(object, List.of(METADATA, ANNOTATIONS), Kind.MAP);
        if (annotations != null) {
            Fields.set(annotations, key, text);
        }
    }
}
