package io.driftless.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.http.HttpFailure;
import io.driftless.project.NamespacePatterns;
import io.driftless.project.WindowReader;
import io.driftless.rbac.PolicyException;
import io.driftless.rbac.PolicyReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What must hold for an AppProject before it is written. Fails with [HttpFailure] 400 naming the field.
final class ProjectRules {
    private static final Pattern ROLE = Pattern.compile("[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Set<String> RESOURCES =
            Set.of("applications", "applicationsets", "repositories", "clusters", "logs", "exec");
    private static final int LONGEST_DESCRIPTION = 255;
    private final String name;
    private final JsonNode spec;

    private ProjectRules(JsonNode project) {
        this.name = project.path("metadata").path("name").asText("");
        this.spec = project.path("spec");
    }

    static void check(JsonNode project) {
        ProjectRules rules = new ProjectRules(project);
        require(NAME.matcher(rules.name).matches() && rules.name.length() <= 253, "metadata.name is not a name");
        require(
                rules.spec.path("description").asText("").length() <= LONGEST_DESCRIPTION,
                "spec.description is longer than " + LONGEST_DESCRIPTION + " characters");
        rules.sources();
        rules.destinations();
        rules.namespaces();
        rules.roles();
        rules.windows();
    }

    private void sources() {
        Set<String> seen = new HashSet<>();
        for (JsonNode source : spec.path("sourceRepos")) {
            require(!source.asText().equals("!*"), "spec.sourceRepos has an invalid format, '!*'");
            require(seen.add(source.asText()), "spec.sourceRepos names " + source.asText() + " twice");
        }
    }

    private void destinations() {
        Set<List<String>> seen = new HashSet<>();
        for (JsonNode destination : spec.path("destinations")) {
            String server = destination.path("server").asText("");
            String cluster = destination.path("name").asText("");
            String namespace = destination.path("namespace").asText("");
            require(!server.equals("!*") && !cluster.equals("!*"), "spec.destinations has an invalid format, '!*'");
            require(!namespace.equals("!*"), "spec.destinations has an invalid format, '!*'");
            require(
                    seen.add(List.of(server, cluster, namespace)),
                    "spec.destinations has the destination '" + server + cluster + '/' + namespace + "' twice");
        }
    }

    private void namespaces() {
        List<String> patterns = new ArrayList<>();
        spec.path("sourceNamespaces").forEach(pattern -> patterns.add(pattern.asText()));
        try {
            NamespacePatterns.of(patterns);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.invalid("spec.sourceNamespaces: " + e.getMessage());
        }
    }

    private void roles() {
        Set<String> roles = new HashSet<>();
        for (JsonNode role : spec.path("roles")) {
            String roleName = role.path("name").asText("");
            require(ROLE.matcher(roleName).matches(), "role '" + roleName + "' is not a name");
            require(roles.add(roleName), "role '" + roleName + "' already exists");
            Set<String> lines = new HashSet<>();
            for (JsonNode line : role.path("policies")) {
                require(
                        lines.add(line.asText()),
                        "policy '" + line.asText() + "' already exists for role '" + roleName + "'");
                policy(roleName, line.asText());
            }
            Set<String> groups = new HashSet<>();
            for (JsonNode group : role.path("groups")) {
                String text = group.asText();
                require(!text.isBlank() && text.indexOf('\n') < 0, "a group of role '" + roleName + "' is not a name");
                require(groups.add(text), "group '" + text + "' already exists for role '" + roleName + "'");
            }
        }
    }

    /// A role of a project gives rights to its own subject, on objects of its own project.
    private void policy(String role, String line) {
        String[] fields = line.split(",", -1);
        String place = "policy '" + line + "' of role '" + role + "': ";
        require(
                fields.length == 6 && fields[0].strip().equals("p"),
                place + "it must have the form p, subject, resource, action, object, effect");
        require(
                fields[1].strip().equals("proj:" + name + ':' + role),
                place + "its subject must be proj:" + name + ':' + role);
        require(
                RESOURCES.contains(fields[2].strip()),
                place + "its resource must be one of " + String.join(", ", new java.util.TreeSet<>(RESOURCES)));
        require(!fields[3].isBlank(), place + "its action is empty");
        require(
                fields[4].strip().startsWith(name + '/') && fields[4].strip().length() > name.length() + 1,
                place + "its object must be of the form '" + name + "/*', '" + name + "/<APPNAME>' or '" + name
                        + "/<APPNAMESPACE>/<APPNAME>'");
        try {
            PolicyReader.read("the policy", line, "glob");
        } catch (PolicyException e) {
            throw HttpFailure.invalid(place + e.getMessage());
        }
    }

    private void windows() {
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode window : spec.path("syncWindows")) {
            try {
                WindowReader.read(window);
            } catch (IllegalArgumentException e) {
                throw HttpFailure.invalid("a sync window cannot be read: " + e.getMessage());
            }
            require(
                    window.path("description").asText("").length() <= LONGEST_DESCRIPTION,
                    "the description of a sync window is longer than " + LONGEST_DESCRIPTION + " characters");
            boolean selects = !window.path("applications").isEmpty()
                    || !window.path("namespaces").isEmpty()
                    || !window.path("clusters").isEmpty();
            require(selects, "a sync window must name applications, namespaces or clusters");
            require(seen.add(window), "a sync window is there twice");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw HttpFailure.invalid(message);
        }
    }
}
