package io.driftless.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a service account may do by the roles of the deployment files, judged as the API server's authorizer does.
record Rights(List<Rule> rules) {
    /// @param namespace where it counts; empty for everywhere
    record Rule(Set<String> groups, Set<String> resources, Set<String> names, Set<String> verbs, String namespace) {
        boolean allows(Access access) {
            return has(verbs, access.verb())
                    && has(groups, access.group())
                    && has(resources, access.resource())
                    && (names.isEmpty() || names.contains(access.name()))
                    && (namespace.isEmpty() || namespace.equals(access.namespace()));
        }

        private static boolean has(Set<String> set, String value) {
            return set.contains("*") || set.contains(value);
        }
    }

    /// By `install.yaml` and the files of components beside it.
    static Rights of(String account, List<String> components) {
        List<Rule> rules = new ArrayList<>(of(account).rules());
        components.forEach(component -> rules.addAll(in(component, account).rules()));
        return new Rights(rules);
    }

    static Rights of(String account) {
        return in(Checkout.INSTALL, account);
    }

    /// By one file alone.
    static Rights in(String file, String account) {
        List<Rule> rules = new ArrayList<>();
        for (String kind : List.of("Role", "ClusterRole")) {
            for (JsonNode binding : Checkout.ofKind(file, kind + "Binding")) {
                if (binding.path("subjects").get(0).path("name").asText().equals(account)) {
                    String namespace =
                            binding.path("metadata").path("namespace").asText();
                    String role = binding.path("roleRef").path("name").asText();
                    Checkout.named(file, kind, role).path("rules").forEach(rule -> rules.add(rule(rule, namespace)));
                }
            }
        }
        return new Rights(rules);
    }

    boolean allow(Access access) {
        return rules.stream().anyMatch(rule -> rule.allows(access));
    }

    private static Rule rule(JsonNode rule, String namespace) {
        return new Rule(
                set(rule.path("apiGroups")),
                set(rule.path("resources")),
                set(rule.path("resourceNames")),
                set(rule.path("verbs")),
                namespace);
    }

    private static Set<String> set(JsonNode list) {
        return Set.copyOf(Checkout.texts(list));
    }
}
