package io.driftless.cli.kustomize;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Node;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A YAML map as text that is changed in place: what an edit is not about keeps its bytes, comments and order.
///
/// Each change says what the document must be afterwards. A text that is not that, as after an edit
/// of something that is shared by an alias, is refused and nothing is changed.
final class YamlSource {
    private static final int LARGEST = 8 << 20;

    private SourceText text;
    private @Nullable MappingNode root;

    YamlSource(String text) {
        this.text = new SourceText(text);
        this.root = compose(text);
    }

    String text() {
        return text.value();
    }

    /// A copy of the document as maps, lists and texts.
    Map<String, Object> data() {
        return root == null ? new LinkedHashMap<>() : map(root);
    }

    /// Sets a field of the map at a path of keys and indexes.
    void put(List<?> path, String key, Node value) {
        change(path, found -> asMap(found).put(key, plain(value)), () -> {
            MappingNode map = root == null ? null : (MappingNode) find(path);
            if (map == null) {
                return text.append(Rendered.field(key, value));
            }
            int at = index(map, key);
            return at < 0
                    ? MapEdit.insert(text, map, path.isEmpty(), key, value)
                    : MapEdit.replace(text, map, at, key, value);
        });
    }

    void remove(List<?> path, String key) {
        change(path, found -> asMap(found).remove(key), () -> {
            MappingNode map = (MappingNode) find(path);
            return MapEdit.remove(text, map, index(map, key));
        });
    }

    /// Puts an item into the list at a path.
    void insert(List<?> path, int index, Node value) {
        change(
                path,
                found -> asList(found).add(index, plain(value)),
                () -> ListEdit.insert(text, (SequenceNode) find(path), index, value));
    }

    void removeItem(List<?> path, int index) {
        change(
                path,
                found -> asList(found).remove(index),
                () -> ListEdit.remove(text, (SequenceNode) find(path), index));
    }

    @FunctionalInterface
    private interface Splice {
        String apply();
    }

    private void change(List<?> path, Consumer<Object> effect, Splice splice) {
        Map<String, Object> expected = data();
        Object at = expected;
        for (Object step : path) {
            at = step instanceof Integer index
                    ? asList(at).get(index)
                    : java.util.Objects.requireNonNull(asMap(at).get(String.valueOf(step)));
        }
        effect.accept(at);
        String changed;
        MappingNode parsed;
        try {
            changed = splice.apply();
            parsed = compose(changed);
        } catch (KustomizeException | IndexOutOfBoundsException | ClassCastException unusual) {
            throw refused(path, unusual);
        }
        if (!(parsed == null ? new LinkedHashMap<>() : map(parsed)).equals(expected)) {
            throw refused(path, null);
        }
        text = new SourceText(changed);
        root = parsed;
    }

    private static KustomizeException refused(List<?> path, @Nullable Exception cause) {
        String message = "cannot edit " + (path.isEmpty() ? "the kustomization file" : path.getFirst())
                + " in place: it is written in an unusual way (anchors, tags, explicit keys); edit it by hand";
        return cause == null ? new KustomizeException(message) : new KustomizeException(message, cause);
    }

    private static @Nullable MappingNode compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        try {
            org.yaml.snakeyaml.nodes.Node node = new Yaml(options).compose(new StringReader(text));
            if (node == null
                    || (node instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
                return null;
            }
            if (node instanceof MappingNode map) {
                return map;
            }
            throw new KustomizeException("the kustomization file is not a map of fields");
        } catch (YAMLException invalid) {
            throw new KustomizeException("cannot edit the kustomization file: " + invalid.getMessage(), invalid);
        }
    }

    private org.yaml.snakeyaml.nodes.Node find(List<?> path) {
        org.yaml.snakeyaml.nodes.Node at = java.util.Objects.requireNonNull(root);
        for (Object step : path) {
            at = step instanceof Integer index
                    ? ((SequenceNode) at).getValue().get(index)
                    : ((MappingNode) at)
                            .getValue()
                            .get(index((MappingNode) at, String.valueOf(step)))
                            .getValueNode();
        }
        return at;
    }

    private static int index(MappingNode map, String key) {
        for (int i = map.getValue().size() - 1; i >= 0; i--) {
            if (map.getValue().get(i).getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Object> map(MappingNode node) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            result.put(
                    tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?",
                    plain(tuple.getValueNode()));
        }
        return result;
    }

    private static Object plain(org.yaml.snakeyaml.nodes.Node node) {
        if (node instanceof MappingNode map) {
            return map(map);
        }
        if (node instanceof SequenceNode list) {
            List<Object> items = new ArrayList<>();
            list.getValue().forEach(item -> items.add(plain(item)));
            return items;
        }
        return ((ScalarNode) node).getValue();
    }

    private static Object plain(Node node) {
        if (node.isMap()) {
            Map<String, Object> result = new LinkedHashMap<>();
            for (int i = 0; i < node.size(); i++) {
                result.put(node.key(i), plain(node.item(i)));
            }
            return result;
        }
        if (node.isList()) {
            List<Object> items = new ArrayList<>();
            node.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        return node.text();
    }

    static boolean isFlow(org.yaml.snakeyaml.nodes.CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.FLOW;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asMap(@Nullable Object data) {
        return data instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }

    @SuppressWarnings("unchecked")
    static List<Object> asList(@Nullable Object data) {
        return data instanceof List<?> list ? (List<Object>) list : new ArrayList<>();
    }
}
