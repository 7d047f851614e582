package io.driftless.sandbox.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What the roles that are bound to somebody let them do.
public final class Rbac {
    private final Roles roles;

    /// @param roles asked for each decision
    public Rbac(Roles roles) {
        this.roles = roles;
    }

    /// Where roles and their bindings are found.
    public interface Roles {
        List<? extends JsonNode> clusterRoleBindings();

        List<? extends JsonNode> roleBindings(String namespace);

        /// The rules of a role; none where there is no such role. `namespace` is empty for a ClusterRole.
        List<Rule> rules(String namespace, String name);
    }

    /// Whether something is allowed, and by what.
    public record Verdict(boolean allowed, String reason) {}

    private record Grant(JsonNode binding, JsonNode subject, List<Rule> rules) {}

    /// Whether a user may do something, and by which role.
    public Verdict decide(User user, Attempt attempt) {
        if (user.unlimited()) {
            return new Verdict(true, "");
        }
        for (Grant grant : grants(user, attempt.namespace())) {
            if (grant.rules().stream().anyMatch(rule -> rule.allows(attempt))) {
                return new Verdict(true, reason(grant));
            }
        }
        return new Verdict(false, "");
    }

    /// All that a user holds in a namespace, or everywhere where it is empty.
    public List<Rule> rules(User user, String namespace) {
        if (user.unlimited()) {
            List<String> all = List.of("*");
            return List.of(
                    new Rule(all, all, all, List.of(), List.of()), new Rule(all, List.of(), List.of(), List.of(), all));
        }
        List<Rule> out = new ArrayList<>();
        grants(user, namespace).forEach(grant -> out.addAll(grant.rules()));
        return out;
    }

    private List<Grant> grants(User user, String namespace) {
        List<Grant> out = new ArrayList<>();
        roles.clusterRoleBindings().forEach(binding -> add(user, "", binding, out));
        if (!namespace.isEmpty()) {
            roles.roleBindings(namespace).forEach(binding -> add(user, namespace, binding, out));
        }
        return out;
    }

    private void add(User user, String namespace, JsonNode binding, List<Grant> out) {
        for (JsonNode subject : binding.path("subjects")) {
            if (means(subject, user, namespace)) {
                out.add(new Grant(binding, subject, bound(binding, namespace)));
                return;
            }
        }
    }

    /// The rules of the role that a binding of a namespace gives.
    public List<Rule> bound(JsonNode binding, String namespace) {
        JsonNode role = binding.path("roleRef");
        boolean cluster = role.path("kind").asText().equals("ClusterRole");
        return roles.rules(cluster ? "" : namespace, role.path("name").asText());
    }

    private static boolean means(JsonNode subject, User user, String namespace) {
        String name = subject.path("name").asText();
        return switch (subject.path("kind").asText()) {
            case "User" -> name.equals(user.name());
            case "Group" -> user.groups().contains(name);
            case "ServiceAccount" -> {
                String home = subject.path("namespace").asText(namespace);
                yield user.name().equals("system:serviceaccount:" + home + ":" + name);
            }
            default -> false;
        };
    }

    private static String reason(Grant grant) {
        JsonNode meta = grant.binding().path("metadata");
        JsonNode role = grant.binding().path("roleRef");
        JsonNode subject = grant.subject();
        String namespace = meta.path("namespace").asText();
        String binding = namespace.isEmpty()
                ? "ClusterRoleBinding \"" + meta.path("name").asText()
                : "RoleBinding \"" + meta.path("name").asText() + "/" + namespace;
        String who = subject.path("name").asText()
                + (subject.has("namespace") ? "/" + subject.path("namespace").asText() : "");
        return "RBAC: allowed by " + binding + "\" of " + role.path("kind").asText() + " \""
                + role.path("name").asText() + "\" to " + subject.path("kind").asText() + " \"" + who + "\"";
    }
}
