package io.driftless.sandbox.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One rule of a role.
///
/// @param names the only objects it is about; empty for all
/// @param urls paths that are no resources
public record Rule(
        List<String> verbs, List<String> groups, List<String> resources, List<String> names, List<String> urls) {
    private static final String ALL = "*";

    /// The rules of a Role or ClusterRole.
    public static List<Rule> of(JsonNode role) {
        List<Rule> out = new ArrayList<>();
        role.path("rules")
                .forEach(rule -> out.add(new Rule(
                        texts(rule.path("verbs")),
                        texts(rule.path("apiGroups")),
                        texts(rule.path("resources")),
                        texts(rule.path("resourceNames")),
                        texts(rule.path("nonResourceURLs")))));
        return out;
    }

    private static List<String> texts(JsonNode list) {
        List<String> out = new ArrayList<>();
        list.forEach(item -> out.add(item.asText()));
        return List.copyOf(out);
    }

    /// Whether it lets somebody do this.
    public boolean allows(Attempt attempt) {
        if (!holds(verbs, attempt.verb())) {
            return false;
        }
        if (attempt.ofPath()) {
            return coversPath(attempt.path());
        }
        return holds(groups, attempt.group())
                && coversResource(attempt.target(), attempt.subresource())
                && (names.isEmpty() || names.contains(attempt.name()));
    }

    /// Whether this gives all that a rule of one group, one resource and one verb gives, for one name or for all.
    boolean covers(String group, String resource, String name, String verb) {
        int slash = resource.indexOf('/');
        return holds(verbs, verb)
                && holds(groups, group)
                && coversResource(resource, slash < 0 ? "" : resource.substring(slash + 1))
                && (names.isEmpty() || (!name.isEmpty() && names.contains(name)));
    }

    boolean coversUrl(String url, String verb) {
        return holds(verbs, verb) && coversPath(url);
    }

    private static boolean holds(List<String> list, String value) {
        return list.contains(ALL) || list.contains(value);
    }

    private boolean coversResource(String target, String subresource) {
        return holds(resources, target) || (!subresource.isEmpty() && resources.contains("*/" + subresource));
    }

    private boolean coversPath(String path) {
        for (String url : urls) {
            boolean open = url.endsWith(ALL);
            if (open ? path.startsWith(url.substring(0, url.length() - 1)) : path.equals(url)) {
                return true;
            }
        }
        return false;
    }
}
