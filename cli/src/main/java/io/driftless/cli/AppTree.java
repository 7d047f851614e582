package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The resources of an Application as a tree: what it deployed, and below each what belongs to that.
final class AppTree {
    private final PrintWriter out;
    private final Map<String, List<JsonNode>> children = new HashMap<>();
    private final Map<String, String> sync = new HashMap<>();
    private final Set<String> printed = new HashSet<>();

    private AppTree(PrintWriter out) {
        this.out = out;
    }

    /// @param tree answer of the method ResourceTree
    static void print(PrintWriter out, JsonNode app, JsonNode tree) {
        new AppTree(out).print(app, tree);
        out.flush();
    }

    private void print(JsonNode app, JsonNode tree) {
        for (JsonNode resource : app.path("status").path("resources")) {
            sync.put(id(resource), resource.path("status").asText(""));
        }
        List<JsonNode> roots = new ArrayList<>();
        Set<String> known = new HashSet<>();
        tree.path("nodes").forEach(node -> known.add(node.path("uid").asText("")));
        for (JsonNode node : tree.path("nodes")) {
            boolean root = true;
            for (JsonNode parent : node.path("parentRefs")) {
                String uid = parent.path("uid").asText("");
                if (known.contains(uid)) {
                    children.computeIfAbsent(uid, parentUid -> new ArrayList<>())
                            .add(node);
                    root = false;
                }
            }
            if (root) {
                roots.add(node);
            }
        }
        out.println(app.at("/metadata/namespace").asText()
                + '/'
                + app.at("/metadata/name").asText());
        level(roots, "");
    }

    private void level(List<JsonNode> nodes, String indent) {
        for (int i = 0; i < nodes.size(); i++) {
            boolean last = i == nodes.size() - 1;
            JsonNode node = nodes.get(i);
            out.println(indent + (last ? "└─" : "├─") + line(node));
            String uid = node.path("uid").asText("");
            // An object that owns itself, by whatever mistake, is printed once.
            if (!uid.isEmpty() && printed.add(uid)) {
                level(children.getOrDefault(uid, List.of()), indent + (last ? "  " : "│ "));
            }
        }
    }

    private String line(JsonNode node) {
        StringBuilder line = new StringBuilder(
                node.path("kind").asText() + '/' + node.path("name").asText());
        for (String word : List.of(
                sync.getOrDefault(id(node), ""),
                node.path("health").path("status").asText(""),
                node.path("health").path("message").asText(""))) {
            if (!word.isEmpty()) {
                line.append("  ").append(word);
            }
        }
        return line.toString();
    }

    private static String id(JsonNode resource) {
        return String.join(
                "/",
                resource.path("group").asText(""),
                resource.path("kind").asText(""),
                resource.path("namespace").asText(""),
                resource.path("name").asText(""));
    }
}
