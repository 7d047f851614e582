package io.driftless.cli.kustomize.edit;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.Style;
import io.driftless.kustomize.node.Tag;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values of a kustomization file as the reference would write them: under the names of today, without what is
/// empty.
final class FieldValues {
    /// Here an empty text or `false` is a value like any other.
    private static final Set<String> FREE =
            Set.of("pairs", "commonLabels", "commonAnnotations", "annotations", "valuesInline");
    /// Written where they are given, even empty.
    private static final Set<String> KEPT =
            Set.of("target", "options", "select", "source", "objref", "fieldref", "count");

    private FieldValues() {}

    static Node of(@Nullable Node file) {
        Node result = Node.map();
        if (file == null || !file.isMap()) {
            return result;
        }
        Node resources = Node.list();
        Node images = Node.list();
        for (int i = 0; i < file.size(); i++) {
            Node value = file.item(i);
            String name = FieldOrder.spelling(file.key(i));
            switch (name == null ? file.key(i).toLowerCase(Locale.ROOT) : name) {
                case "bases" -> value.items().forEach(resources::add);
                case "imagetags" -> value.items().forEach(images::add);
                case "helmchartinflationgenerator" ->
                    throw new KustomizeException("editing a file with the field helmChartInflationGenerator is not"
                            + " supported yet: use helmCharts");
                default -> result.put(name == null ? file.key(i) : name, value);
            }
        }
        append(result, "resources", resources);
        append(result, "images", images);
        generators(result.get("configMapGenerator"));
        generators(result.get("secretGenerator"));
        Node pruned = pruned(result);
        Node vars = pruned.get("vars");
        if (vars != null) {
            vars.items().stream().filter(one -> !one.has("fieldref")).forEach(one -> one.put("fieldref", Node.map()));
        }
        return pruned;
    }

    private static void append(Node fields, String name, Node more) {
        if (more.size() > 0) {
            Node all = Node.list();
            Node now = fields.get(name);
            if (now != null) {
                now.items().forEach(all::add);
            }
            more.items().forEach(all::add);
            fields.put(name, all);
        }
    }

    private static void generators(@Nullable Node generators) {
        if (generators == null) {
            return;
        }
        for (Node generator : generators.items()) {
            Node env = generator.isMap() ? generator.remove("env") : null;
            if (env != null && !env.text().isEmpty()) {
                Node one = Node.list();
                one.add(env);
                append(generator, "envs", one);
            }
        }
    }

    private static Node pruned(Node node) {
        if (node.isMap() && !node.isNull()) {
            Node map = Node.map();
            for (int i = 0; i < node.size(); i++) {
                String key = node.key(i);
                boolean free = FREE.contains(key)
                        || (key.equals("labels") && node.item(i).isMap());
                Node value = free ? plain(node.item(i)) : pruned(node.item(i));
                if (!value.isNull() && (KEPT.contains(key) || !isEmpty(value))) {
                    map.append(key, value);
                }
            }
            return map;
        }
        if (node.isList()) {
            Node list = Node.list();
            node.items().forEach(item -> list.add(pruned(item)));
            return list;
        }
        return plain(node);
    }

    private static boolean isEmpty(Node value) {
        return value.isScalar()
                ? value.text().isEmpty()
                        || value.tag() == Tag.BOOL && value.text().equals("false")
                        || value.tag() == Tag.INT && value.text().equals("0")
                : value.size() == 0;
    }

    /// Dates stay the text they are: no field of a kustomization is one.
    private static Node plain(Node node) {
        return node.isScalar() && node.tag() == Tag.TIMESTAMP
                ? Node.scalar(node.text(), Tag.STR, Style.DOUBLE)
                : io.driftless.kustomize.node.Plain.exact(node);
    }
}
