package io.driftless.kustomize.node;

import io.driftless.kustomize.KustomizeException;

/// A node of another shape than a step needs.
public final class WrongKind extends KustomizeException {
    private static final long serialVersionUID = 1;
    private final transient Node node;

    WrongKind(Kind wanted, Node node) {
        super("wrong node kind: expected " + wanted.label() + " but got "
                + node.kind().label() + ": node contents:\n" + contents(node));
        this.node = node;
    }

    private static String contents(Node node) {
        String text = YamlText.printAsWritten(node);
        return text.length() > 2_000 ? text.substring(0, 2_000) + "..." : text;
    }

    public Kind actual() {
        return node.kind();
    }
}
