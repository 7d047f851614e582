package io.driftless.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import java.net.URLDecoder;

/// Which clusters a request means: those with this address and this name. An `id` is one or the
/// other and says more than both.
///
/// @param server empty for any
/// @param name empty for any
record ClusterQuery(String server, String name) {
    static ClusterQuery of(JsonNode request) {
        JsonNode id = request.path("id");
        String value = id.path("value").asText("");
        if (value.isEmpty()) {
            return new ClusterQuery(
                    ClusterDocuments.trimmed(request.path("server").asText("")),
                    request.path("name").asText(""));
        }
        return switch (id.path("type").asText("")) {
            case "name" -> new ClusterQuery("", value);
            case "name_escaped" -> new ClusterQuery("", unescaped(value));
            default -> new ClusterQuery(ClusterDocuments.trimmed(value), "");
        };
    }

    /// The same for a request about a single cluster, whose address says enough.
    static ClusterQuery ofOne(JsonNode request) {
        ClusterQuery query = of(request);
        return query.server.isEmpty() ? query : new ClusterQuery(query.server, "");
    }

    boolean matches(JsonNode cluster) {
        return (server.isEmpty() || cluster.path("server").asText().equals(server))
                && (name.isEmpty() || cluster.path("name").asText().equals(name));
    }

    boolean empty() {
        return server.isEmpty() && name.isEmpty();
    }

    @Override
    public String toString() {
        return server.isEmpty() ? name : server;
    }

    private static String unescaped(String value) {
        try {
            return URLDecoder.decode(value, UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("field id.value is no escaped name");
        }
    }
}
