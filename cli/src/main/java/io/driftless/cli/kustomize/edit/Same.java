package io.driftless.cli.kustomize.edit;

import io.driftless.kustomize.node.Node;
import io.driftless.kustomize.node.YamlText;

/// Whether values are written alike.
final class Same {
    private Same() {}

    static boolean values(Node one, Node other) {
        return YamlText.print(one).equals(YamlText.print(other));
    }
}
