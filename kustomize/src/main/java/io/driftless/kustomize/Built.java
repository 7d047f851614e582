package io.driftless.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.kustomize.node.Duplicates;
import io.driftless.kustomize.node.JacksonNodes;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.YamlText;
import java.util.ArrayList;
import java.util.List;

/// The objects of a build, in order, and what the reference would have warned about.
public final class Built {
    private final List<Node> objects;
    private final List<String> warnings;

    Built(List<Node> objects, List<String> warnings) {
        this.objects = objects;
        this.warnings = warnings;
    }

    public int size() {
        return objects.size();
    }

    public List<String> warnings() {
        return warnings;
    }

    /// Fails for objects that can be built but not written: repeated keys, keys that are no text.
    public void check() {
        objects.forEach(Duplicates::refuse);
    }

    /// The objects as JSON trees.
    public List<JsonNode> objects() {
        List<JsonNode> result = new ArrayList<>(objects.size());
        for (Node object : objects) {
            Duplicates.refuse(object);
            result.add(JacksonNodes.of(object));
        }
        return result;
    }

    /// What `kustomize build` prints.
    public String yaml() {
        StringBuilder out = new StringBuilder();
        for (Node object : objects) {
            Duplicates.refuse(object);
            if (!out.isEmpty()) {
                out.append("---\n");
            }
            YamlText.print(object, out);
        }
        return out.toString();
    }
}
