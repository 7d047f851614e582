package io.driftless.sandbox.custom;

import com.fasterxml.jackson.databind.node.TextNode;

/// Text as it is shown in messages.
final class Quoted {
    private Quoted() {}

    static String text(String value) {
        return TextNode.valueOf(value).toString();
    }
}
