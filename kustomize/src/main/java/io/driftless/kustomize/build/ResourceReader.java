package io.driftless.kustomize.build;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.model.Resource;
import io.driftless.kustomize.model.Scopes;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.MalformedYaml;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.node.Plain;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Turns the text of a resource file into resources: every document must be an object with kind and name; lists are
/// replaced by their items, at the end.
final class ResourceReader {
    private final Limits limits;
    private final Scopes scopes;

    ResourceReader(Limits limits, Scopes scopes) {
        this.limits = limits;
        this.scopes = scopes;
    }

    /// The resources of a file; messages about its syntax name it.
    List<Resource> file(Loader loader, String path) {
        String text = loader.text(path);
        try {
            return text(text);
        } catch (MalformedYaml invalid) {
            throw new MalformedYaml(invalid.getMessage() + " in File: " + path);
        }
    }

    List<Resource> text(String text) {
        Deque<Node> queue = new ArrayDeque<>(objects(unwrap(NodeReader.all(text, limits))));
        List<Resource> result = new ArrayList<>();
        while (!queue.isEmpty()) {
            Node node = queue.removeFirst();
            String kind = Objects.kind(node);
            Node items = kind.endsWith("List") ? node.get("items") : null;
            if (items == null) {
                result.add(new Resource(node, scopes));
            } else if (items.isList()) {
                queue.addAll(items(items));
            } else if (!items.isNull()) {
                throw new KustomizeException("expected array in " + kind + "/items, but found "
                        + (items.isMap() ? "map[string]interface {}" : "string"));
            }
        }
        return result;
    }

    /// A file that holds one list and nothing else is the items of the list.
    private static List<Node> unwrap(List<Node> documents) {
        if (documents.size() != 1) {
            return documents;
        }
        Node only = documents.getFirst();
        String kind = Objects.kind(only);
        boolean wrapper = kind.equals("List") || kind.equals("ResourceList");
        if (!wrapper || !(only.has("items") || only.has("functionConfig"))) {
            return documents;
        }
        Node items = only.get("items");
        return items == null || !items.isList() ? List.of() : items.items();
    }

    private List<Node> items(Node items) {
        List<Node> result = new ArrayList<>(items.size());
        for (Node item : items.items()) {
            if (!item.isNull()) {
                result.add(Plain.exact(item));
            }
        }
        return objects(result);
    }

    private static List<Node> objects(List<Node> nodes) {
        List<Node> result = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            if (node.isEmpty()) {
                continue;
            }
            Objects.check(node);
            result.add(node);
        }
        return result;
    }

    /// What makes a node an object.
    static final class Objects {
        private Objects() {}

        static String kind(Node node) {
            Node kind = node.get("kind");
            return kind == null ? "" : kind.text();
        }

        static void check(Node node) {
            Node kind = node.get("kind");
            Node version = node.get("apiVersion");
            Node metadata = node.get("metadata");
            boolean hasKind = kind != null && !kind.isEmpty();
            boolean hasVersion = version != null && !version.isEmpty();
            Node meta = metadata == null || metadata.isEmpty() ? Node.map() : metadata;
            if (!hasKind && !hasVersion && !hasAny(meta)) {
                throw new KustomizeException("missing Resource metadata");
            }
            String name = text(meta.get("name"));
            String dump = "{{" + text(version) + " " + text(kind) + "} {{" + name + " " + text(meta.get("namespace"))
                    + "} map[] map[]}}";
            if (!hasKind || text(kind).isEmpty()) {
                throw new KustomizeException("missing kind in object " + dump);
            }
            if (!text(kind).endsWith("List") && name.isEmpty()) {
                throw new KustomizeException("missing metadata.name in object " + dump);
            }
        }

        private static boolean hasAny(Node metadata) {
            for (String field : List.of("name", "namespace", "labels", "annotations")) {
                Node value = metadata.get(field);
                if (value != null && !value.isEmpty()) {
                    return true;
                }
            }
            return false;
        }

        private static String text(@org.jspecify.annotations.Nullable Node node) {
            return node == null || node.isEmpty() ? "" : node.text();
        }
    }
}
