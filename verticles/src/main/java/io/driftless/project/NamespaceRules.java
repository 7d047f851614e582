package io.driftless.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.rbac.Glob;
import java.util.List;
import java.util.Optional;

/// The destinations of a project, reduced to what they say about the namespaces of one cluster: globs, and globs behind
/// `!` that forbid.
final class NamespaceRules {
    private NamespaceRules() {}

    static boolean permit(List<String> rules, String namespace) {
        boolean permitted = false;
        for (String rule : rules) {
            boolean denies = rule.startsWith("!");
            boolean matches = Glob.matches(denies ? rule.substring(1) : rule, namespace);
            if (denies && matches) {
                return false;
            }
            permitted |= !denies && matches;
        }
        return permitted;
    }

    /// Empty where the entry is about other clusters.
    static Optional<String> of(JsonNode destination, Project.Target target) {
        String server = destination.path("server").asText("");
        String name = destination.path("name").asText("");
        String namespace = destination.path("namespace").asText("");
        boolean denied = namespace.startsWith("!");
        if (forbids(server, target.server()) || forbids(name, target.cluster())) {
            return Optional.of(denied ? "!*" : "!" + namespace);
        }
        boolean meant = means(server, target.server()) || means(name, target.cluster());
        return meant ? Optional.of(namespace) : Optional.empty();
    }

    private static boolean means(String pattern, String text) {
        return !pattern.isEmpty() && !pattern.startsWith("!") && !text.isEmpty() && Glob.matches(pattern, text);
    }

    private static boolean forbids(String pattern, String text) {
        return pattern.startsWith("!") && Glob.matches(pattern.substring(1), text);
    }
}
