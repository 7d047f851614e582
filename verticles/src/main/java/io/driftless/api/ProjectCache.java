package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.cluster.Cluster.Change;
import io.driftless.cluster.Cluster.WatchHandler;
import io.driftless.rbac.ProjectPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/// The AppProjects of the control plane, kept by one watch.
final class ProjectCache implements WatchHandler {
    private final ConcurrentSkipListMap<String, Entry> projects = new ConcurrentSkipListMap<>();

    private record Entry(JsonNode project, ProjectPolicy policy) {}

    @Override
    public void listed(List<JsonNode> objects) {
        Set<String> present = new HashSet<>();
        for (JsonNode object : objects) {
            present.add(name(object));
            see(object);
        }
        projects.keySet().retainAll(present);
    }

    @Override
    public void changed(Change change, JsonNode object) {
        if (change == Change.DELETED) {
            projects.remove(name(object));
        } else {
            see(object);
        }
    }

    /// Takes in a project as it is now; also called for what this process wrote itself.
    void see(JsonNode object) {
        projects.put(name(object), new Entry(object, new ProjectPolicy(object)));
    }

    void forget(String name) {
        projects.remove(name);
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    Optional<JsonNode> get(String name) {
        return Optional.ofNullable(projects.get(name)).map(Entry::project);
    }

    List<JsonNode> all() {
        List<JsonNode> all = new ArrayList<>();
        projects.values().forEach(entry -> all.add(entry.project()));
        return all;
    }

    Optional<ProjectPolicy> policy(String name) {
        return Optional.ofNullable(projects.get(name)).map(Entry::policy);
    }

    /// Whether the role has this token. Tokens are listed in the spec; Argo CD mirrors them in the status.
    boolean holdsToken(String project, String role, String id, long issuedAt) {
        Entry entry = projects.get(project);
        if (entry == null) {
            return false;
        }
        for (JsonNode candidate : entry.project().path("spec").path("roles")) {
            if (candidate.path("name").asText().equals(role)) {
                JsonNode mirrored = entry.project()
                        .path("status")
                        .path("jwtTokensByRole")
                        .path(role)
                        .path("items");
                return holds(candidate.path("jwtTokens"), id, issuedAt) || holds(mirrored, id, issuedAt);
            }
        }
        return false;
    }

    private static boolean holds(JsonNode tokens, String id, long issuedAt) {
        for (JsonNode token : tokens) {
            String known = token.path("id").asText("");
            if (known.isEmpty() ? token.path("iat").asLong() == issuedAt : known.equals(id)) {
                return true;
            }
        }
        return false;
    }
}
