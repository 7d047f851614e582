package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// An object and where it was written: `line` counts from 1 and is 0 where no single line made it.
public record Manifest(ObjectNode object, String file, int line) {
    public String kind() {
        return object.path("kind").asText();
    }

    public String name() {
        return object.path("metadata").path("name").asText();
    }

    String place() {
        return line > 0 ? file + " line " + line : file;
    }
}
