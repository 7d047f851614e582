package io.driftless.kustomize.transform;

import io.driftless.kustomize.KustomizeException;
import io.driftless.kustomize.node.Fields;
import io.driftless.kustomize.node.JsonText;
import io.driftless.kustomize.node.Kind;
import io.driftless.kustomize.node.Limits;
import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.NodeReader;
import io.driftless.kustomize.node.PathMatcher;
import io.driftless.kustomize.node.Plain;
import io.driftless.kustomize.node.YamlText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replacements inside of a text field that holds JSON or YAML.
final class StructuredText {
    private StructuredText() {}

    /// Sets the value when the path leads into such a text; otherwise changes nothing and says so.
    static boolean set(Node object, Node value, List<String> path, @Nullable Kind create) {
        for (int i = 1; i < path.size(); i++) {
            Node field = lookUp(object, path.subList(0, i));
            if (field == null || !field.isScalar()) {
                continue;
            }
            Node parsed = parse(field.text());
            if (parsed == null) {
                continue;
            }
            return set(field, parsed, value, path.subList(i, path.size()), create);
        }
        return false;
    }

    private static @Nullable Node lookUp(Node object, List<String> path) {
        try {
            return Fields.lookUp(object, path);
        } catch (KustomizeException wrongPath) {
            return null;
        }
    }

    private static @Nullable Node parse(String text) {
        try {
            return text.isBlank() ? null : NodeReader.first(text, Limits.DEFAULT);
        } catch (KustomizeException notYaml) {
            return null;
        }
    }

    private static boolean set(Node field, Node parsed, Node value, List<String> path, @Nullable Kind create) {
        List<Node> targets;
        try {
            targets = PathMatcher.find(parsed, path, create);
        } catch (KustomizeException wrongPath) {
            return false;
        }
        if (targets == null || targets.isEmpty()) {
            return false;
        }
        for (Node target : targets) {
            if (target.isScalar()) {
                target.setText(value.text());
            } else {
                target.become(value);
            }
        }
        String old = field.text();
        char first = old.strip().charAt(0);
        field.setText(
                first == '{' || first == '['
                        ? json(parsed, old)
                        : YamlText.printAsWritten(parsed).strip());
        return true;
    }

    private static String json(Node parsed, String old) {
        Node plain = Plain.exact(parsed);
        return old.contains("\n") && old.contains("  ") ? JsonText.writeIndented(plain) : JsonText.write(plain);
    }
}
