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

/// Lets a generated ConfigMap or Secret take the place of an earlier one.
final class GeneratedMerge {
    private GeneratedMerge() {}

    static void apply(Resource generated, Resource old, boolean merge) {
        String origin = old.annotation(BuildNotes.ORIGIN);
        generated.adoptMetadata(old);
        if (!merge) {
            return;
        }
        union(generated, old, "data");
        union(generated, old, "binaryData");
        if (origin != null) {
            generated.putAnnotation(BuildNotes.ORIGIN, origin);
        }
    }

    private static void union(Resource generated, Resource old, String field) {
        Map<String, String> values = strings(old, field);
        values.putAll(strings(generated, field));
        Node node = generated.node();
        node.remove(field);
        if (values.isEmpty()) {
            return;
        }
        Node map = Fields.lookUp(node, List.of(field), Kind.MAP);
        if (map != null) {
            values.forEach((key, value) -> Fields.set(
                    map, key, Node.scalar(value, Tag.STR, value.indexOf('\n') >= 0 ? Style.LITERAL : Style.PLAIN)));
        }
    }

    private static Map<String, String> strings(Resource resource, String field) {
        Map<String, String> result = new TreeMap<>(JsonText::compareUtf8);
        Node map = resource.node().get(field);
        if (map != null && map.isMap()) {
            for (int i = 0; i < map.size(); i++) {
                result.put(map.key(i), Fields.text(map.item(i)));
            }
        }
        return result;
    }
}
