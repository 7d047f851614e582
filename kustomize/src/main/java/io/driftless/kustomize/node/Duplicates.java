package io.driftless.kustomize.node;

import io.driftless.kustomize.KustomizeException;
import java.util.List;

/// Refuses objects that are left with faulty maps.
public final class Duplicates {
    private Duplicates() {}

    public static void refuse(Node object) {
        refuse(object, object);
    }

    private static void refuse(Node object, Node node) {
        String trouble = node.trouble();
        if (trouble != null && (node != object || !trouble.equals(OddKeys.TROUBLE))) {
            List<String> repeated = YamlText.repeatedKeys(object);
            if (repeated.isEmpty() && !trouble.equals(OddKeys.TROUBLE)) {
                return;
            }
            throw new KustomizeException("map[string]interface {}(nil): "
                    + (repeated.isEmpty() ? trouble : "yaml: unmarshal errors:\n  " + String.join("\n  ", repeated)));
        }
        for (Node item : node.items()) {
            if (!item.isScalar()) {
                refuse(object, item);
            }
        }
    }
}
