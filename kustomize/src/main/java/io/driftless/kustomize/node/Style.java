package io.driftless.kustomize.node;

/// How a scalar was written; it decides whether an untyped scalar is text.
public enum Style {
    PLAIN,
    SINGLE,
    DOUBLE,
    LITERAL,
    FOLDED
}
