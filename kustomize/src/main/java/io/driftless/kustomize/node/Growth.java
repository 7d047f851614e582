package io.driftless.kustomize.node;

import io.driftless.kustomize.KustomizeException;

/// Bounds on what steps that copy may make of little input: each copy may double what the next one copies.
public final class Growth {
    private static final int LONGEST_TEXT = 32 << 20;
    private static final int MOST_NODES = 2_000_000;

    private int nodes;

    /// Counts a node that is about to be copied.
    public void copies(Node node) {
        if (++nodes > MOST_NODES) {
            throw new KustomizeException("the build copies more than " + MOST_NODES
                    + " fields in one patch or replacement; a copy seems to contain itself");
        }
        for (Node item : node.items()) {
            copies(item);
        }
    }

    /// Fails for a text that grew beyond any use.
    public static void text(long length) {
        if (length > LONGEST_TEXT) {
            throw new KustomizeException(
                    "a field would grow to " + length + " characters, more than the " + LONGEST_TEXT + " allowed");
        }
    }
}
