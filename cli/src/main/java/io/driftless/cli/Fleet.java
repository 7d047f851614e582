package io.driftless.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// Applications of a server, however many there are.
final class Fleet {
    /// So many are asked for at once.
    private static final int PAGE = 500;

    private Fleet() {}

    /// All that the parameters choose.
    static ArrayNode list(ApiClient api, Query query) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        String more = "";
        do {
            JsonNode page = api.get("/api/v1/applications?limit=" + PAGE + "&continue=" + ApiClient.encode(more)
                    + (query.text().isEmpty() ? "" : "&" + query.text()));
            page.path("items").forEach(items::add);
            more = page.at("/metadata/continue").asText("");
        } while (!more.isEmpty());
        return items;
    }
}
