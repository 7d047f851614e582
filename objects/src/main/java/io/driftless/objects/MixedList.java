package io.driftless.objects;

import com.fasterxml.jackson.databind.JsonNode;

/// A strategic merge patch gives a list of objects other values.
public final class MixedList extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final transient JsonNode present;
    private final transient JsonNode given;

    MixedList(JsonNode present, JsonNode given) {
        super("a list of objects cannot be merged with other values; replace the list instead");
        this.present = present;
        this.given = given;
    }

    public JsonNode present() {
        return present;
    }

    public JsonNode given() {
        return given;
    }
}
