package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The resources of an Application as a tree: what it deployed, and below each what belongs to that.
final class AppTree {
    private final boolean detailed;
    private final Map<String, List<JsonNode>> children = new HashMap<>();
    private final Map<String, ResourceStates> states = new HashMap<>();
    private final Set<String> printed = new HashSet<>();
    private final List<List<String>> rows = new ArrayList<>();

    private AppTree(JsonNode app, boolean detailed) {
        this.detailed = detailed;
        ResourceStates.of(app).forEach(state -> states.put(state.key(), state));
    }

    /// @param tree answer of the method ResourceTree
    /// @param detailed whether ages, and the reasons of what is not healthy, are told
    static void print(PrintWriter out, JsonNode app, JsonNode tree, boolean detailed) {
        AppTree printing = new AppTree(app, detailed);
        printing.level(printing.roots(tree.path("nodes")), "", true);
        Output.table(
                out,
                detailed
                        ? List.of("KIND/NAME", "STATUS", "HEALTH", "AGE", "MESSAGE", "REASON")
                        : List.of("KIND/NAME", "STATUS", "HEALTH", "MESSAGE"),
                printing.rows);
    }

    private List<JsonNode> roots(JsonNode nodes) {
        List<JsonNode> roots = new ArrayList<>();
        Set<String> known = new HashSet<>();
        nodes.forEach(node -> known.add(node.path("uid").asText("")));
        for (JsonNode node : nodes) {
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
        return roots;
    }

    private void level(List<JsonNode> nodes, String indent, boolean top) {
        for (int i = 0; i < nodes.size(); i++) {
            boolean last = i == nodes.size() - 1;
            JsonNode node = nodes.get(i);
            row(indent + (top ? "" : last ? "└─" : "├─"), node);
            String uid = node.path("uid").asText("");
            // An object that owns itself, by whatever mistake, is printed once.
            if (!uid.isEmpty() && printed.add(uid)) {
                level(children.getOrDefault(uid, List.of()), indent + (top ? "" : last ? "  " : "│ "), false);
            }
        }
    }

    private void row(String indent, JsonNode node) {
        ResourceStates state = states.get(ResourceStates.key(node));
        List<String> row = new ArrayList<>(List.of(
                indent + node.path("kind").asText() + '/' + node.path("name").asText(),
                state == null ? "" : state.status(),
                node.at("/health/status").asText(state == null ? "" : state.health())));
        if (detailed) {
            row.add(age(node));
        }
        row.add(state == null ? "" : state.message());
        if (detailed) {
            row.add(node.at("/health/message").asText(""));
        }
        rows.add(row);
    }

    /// Since when it is there; empty where nobody knows.
    private static String age(JsonNode node) {
        String created = node.path("createdAt").asText("");
        return created.isEmpty() ? "" : Ages.rough(Duration.between(Instant.parse(created), Instant.now()));
    }
}
