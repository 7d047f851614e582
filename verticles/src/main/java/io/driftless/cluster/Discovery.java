package io.driftless.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.ServedKind;
import io.driftless.events.GroupKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which kinds a server serves. Read once; read again when a kind is asked for that is not there,
/// at most four times a second. A kind that several versions of its group serve is used in the
/// version the server prefers.
final class Discovery {
    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    private static final long SHORTEST_INTERVAL_NANOS = 250_000_000L;

    private final ApiConnection connection;
    private volatile Map<GroupKind, ServedKind> kinds = Map.of();
    private long readAt;

    Discovery(ApiConnection connection) {
        this.connection = connection;
    }

    Optional<ServedKind> kind(GroupKind kind) {
        ServedKind known = kinds.get(kind);
        return known != null
                ? Optional.of(known)
                : Optional.ofNullable(refreshed().get(kind));
    }

    private synchronized Map<GroupKind, ServedKind> refreshed() {
        if (kinds.isEmpty() || System.nanoTime() - readAt > SHORTEST_INTERVAL_NANOS) {
            kinds = read();
            readAt = System.nanoTime();
        }
        return kinds;
    }

    private Map<GroupKind, ServedKind> read() {
        Map<GroupKind, ServedKind> found = new LinkedHashMap<>();
        JsonNode core = connection.get("discover", "/api", AGGREGATED);
        JsonNode groups = connection.get("discover", "/apis", AGGREGATED);
        if ("APIGroupDiscoveryList".equals(core.path("kind").asText())) {
            readAggregated(core, found);
        } else {
            core.path("versions").forEach(version -> readLegacy("", version.asText(), "/api/", found));
        }
        if ("APIGroupDiscoveryList".equals(groups.path("kind").asText())) {
            readAggregated(groups, found);
        } else {
            groups.path("groups").forEach(group -> readGroup(group, found));
        }
        return Map.copyOf(found);
    }

    private static void readAggregated(JsonNode list, Map<GroupKind, ServedKind> found) {
        for (JsonNode group : list.path("items")) {
            String name = group.path("metadata").path("name").asText("");
            for (JsonNode version : group.path("versions")) {
                for (JsonNode resource : version.path("resources")) {
                    JsonNode responseKind = resource.path("responseKind");
                    String kindGroup = responseKind.path("group").asText("");
                    add(
                            found,
                            kindGroup.isEmpty() ? name : kindGroup,
                            responseKind.path("kind").asText(""),
                            version.path("version").asText(),
                            resource.path("resource").asText(),
                            "Namespaced".equals(resource.path("scope").asText()),
                            resource.path("verbs"));
                }
            }
        }
    }

    private void readGroup(JsonNode group, Map<GroupKind, ServedKind> found) {
        String name = group.path("name").asText();
        readLegacy(name, group.path("preferredVersion").path("version").asText(), "/apis/" + name + '/', found);
        for (JsonNode version : group.path("versions")) {
            if (!version.path("version").equals(group.path("preferredVersion").path("version"))) {
                readLegacy(name, version.path("version").asText(), "/apis/" + name + '/', found);
            }
        }
    }

    /// A group whose extension server is down is passed over: its kinds count as not served until it is back.
    private void readLegacy(String group, String version, String prefix, Map<GroupKind, ServedKind> found) {
        try {
            for (JsonNode resource :
                    connection.get("discover", prefix + version).path("resources")) {
                if (resource.path("name").asText().indexOf('/') < 0) {
                    add(
                            found,
                            group,
                            resource.path("kind").asText(""),
                            version,
                            resource.path("name").asText(),
                            resource.path("namespaced").asBoolean(),
                            resource.path("verbs"));
                }
            }
        } catch (ApiException e) {
            if (!e.mayPass() && !e.notFound()) {
                throw e;
            }
        }
    }

    private static void add(
            Map<GroupKind, ServedKind> found,
            String group,
            String kind,
            String version,
            String plural,
            boolean namespaced,
            JsonNode verbs) {
        if (kind.isEmpty()) {
            return;
        }
        boolean list = false;
        boolean watch = false;
        for (JsonNode verb : verbs) {
            list |= "list".equals(verb.asText());
            watch |= "watch".equals(verb.asText());
        }
        GroupKind id = new GroupKind(group, kind);
        found.putIfAbsent(id, new ServedKind(id, version, plural, namespaced, list && watch));
    }
}
