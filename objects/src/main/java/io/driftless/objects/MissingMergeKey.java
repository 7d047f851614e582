package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;

/// An item of a strategic merge patch that does not say which item of the list it changes.
public final class MissingMergeKey extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String key;
    private final transient JsonNode item;

    MissingMergeKey(String key, JsonNode item) {
        super("an item of a list has no " + key + ", by which the items of this list are told apart: " + item);
        this.key = key;
        this.item = item;
    }

    /// The field that is missing.
    public String key() {
        return key;
    }

    /// The item that lacks it.
    public JsonNode item() {
        return item;
    }
}
