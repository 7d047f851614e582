package io.driftless.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.rbac.TextMatcher.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The roles of one project as policies. A role that cannot be read gives nothing; the others stand.
public final class ProjectPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectPolicy.class);
    private final String name;
    private final JsonNode roles;
    private final Set<String> subjects = new HashSet<>();
    private final Map<Mode, List<Policy>> read = new ConcurrentHashMap<>();

    /// @param project the AppProject
    public ProjectPolicy(JsonNode project) {
        this.name = project.path("metadata").path("name").asText();
        this.roles = project.path("spec").path("roles");
        roles.forEach(role -> subjects.add(subject(role)));
    }

    /// Whether `proj:PROJECT:ROLE` is a role of this project.
    boolean hasRole(String subject) {
        return subjects.contains(subject);
    }

    List<Policy> policies(Mode mode) {
        return read.computeIfAbsent(mode, this::read);
    }

    private List<Policy> read(Mode mode) {
        List<Policy> all = new ArrayList<>();
        for (JsonNode role : roles) {
            try {
                all.add(new PolicyReader(mode)
                        .add("role " + role.path("name").asText(), lines(role))
                        .policy());
            } catch (PolicyException e) {
                LOG.error("project {}: a role is not taken over: {}", name, e.getMessage());
            }
        }
        return List.copyOf(all);
    }

    private String lines(JsonNode role) {
        StringBuilder text = new StringBuilder();
        text.append("p, ")
                .append(subject(role))
                .append(", projects, get, ")
                .append(name)
                .append(", allow\n");
        role.path("policies").forEach(line -> text.append(line.asText()).append('\n'));
        role.path("groups")
                .forEach(group -> text.append("g, ")
                        .append(quoted(group.asText()))
                        .append(", ")
                        .append(subject(role))
                        .append('\n'));
        return text.toString();
    }

    private static String quoted(String field) {
        return '"' + field.replace("\"", "\"\"").replace("\n", " ") + '"';
    }

    private String subject(JsonNode role) {
        return "proj:" + name + ':' + role.path("name").asText();
    }
}
