package io.driftless.kustomize.node;

/// The shape of a node. [#NONE] is a node without content, as an empty field has.
public enum Kind {
    NONE("unknown"),
    MAP("MappingNode"),
    LIST("SequenceNode"),
    SCALAR("ScalarNode");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /// The name error messages use.
    public String label() {
        return label;
    }
}
