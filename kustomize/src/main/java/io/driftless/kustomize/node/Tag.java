package io.driftless.kustomize.node;

/// The type a YAML node claims. [#NONE] is a scalar whose type follows from its text when it is written.
public enum Tag {
    NONE(""),
    STR("!!str"),
    INT("!!int"),
    FLOAT("!!float"),
    BOOL("!!bool"),
    NULL("!!null"),
    TIMESTAMP("!!timestamp"),
    BINARY("!!binary"),
    MERGE("!!merge"),
    MAP("!!map"),
    SEQ("!!seq"),
    OTHER("!");

    private final String text;

    Tag(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
