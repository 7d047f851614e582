package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.driftless.sandbox.access.Attempt;
import io.driftless.sandbox.access.Caller;
import io.driftless.sandbox.access.Grants;
import io.driftless.sandbox.access.Rule;
import io.driftless.sandbox.access.User;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.ApiError;
import io.driftless.sandbox.model.Json;
import io.driftless.sandbox.model.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a role or a binding may say, and that nobody gives by it what they do not hold themselves.
public final class RoleRules {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<JsonNode> ROLES = List.of(TextNode.valueOf("Role"), TextNode.valueOf("ClusterRole"));
    private static final List<JsonNode> SUBJECTS =
            List.of(TextNode.valueOf("ServiceAccount"), TextNode.valueOf("User"), TextNode.valueOf("Group"));

    private RoleRules() {}

    /// Adds what is wrong with a role or a binding.
    ///
    /// @throws ApiError where it gives more than whoever asks holds
    static void add(ResourceType type, JsonNode object, @Nullable JsonNode before, List<Violation> wrong) {
        boolean binding = type.plural().endsWith("bindings");
        if (Caller.CURRENT.isBound()) {
            boolean same = before != null
                    && (binding
                            ? before.path("roleRef").equals(object.path("roleRef"))
                                    && before.path("subjects").equals(object.path("subjects"))
                            : before.path("rules").equals(object.path("rules"))
                                    && before.path("aggregationRule").equals(object.path("aggregationRule")));
            if (!same) {
                held(Caller.CURRENT.get(), type, object, binding);
            }
        }
        if (binding) {
            binding(type, object, before, wrong);
        } else {
            rules(type, object.path("rules"), wrong);
            if (object.has("aggregationRule")) {
                collected(object.path("aggregationRule").path("clusterRoleSelectors"), wrong);
            }
        }
    }

    private static void held(Caller caller, ResourceType type, JsonNode object, boolean binding) {
        String namespace = Json.namespace(object);
        JsonNode role = object.path("roleRef");
        boolean cluster = role.path("kind").asText().equals("ClusterRole");
        Attempt license = binding
                ? new Attempt(
                        "bind",
                        GROUP,
                        cluster ? "clusterroles" : "roles",
                        "",
                        namespace,
                        role.path("name").asText(),
                        "")
                : new Attempt("escalate", GROUP, type.plural(), "", namespace, Json.name(object), "");
        if (caller.rbac().decide(caller.user(), license).allowed()) {
            return;
        }
        List<Rule> given = binding ? caller.rbac().bound(object, namespace) : Rule.of(object);
        List<String> missing = Grants.missing(caller.rbac().rules(caller.user(), namespace), given);
        boolean collecting = object.has("aggregationRule");
        if (!missing.isEmpty() || collecting) {
            User user = caller.user();
            String groups = String.join(
                    " ", user.groups().stream().map(g -> '"' + g + '"').toList());
            String what = missing.isEmpty()
                    ? " must have cluster-admin privileges to use an aggregationRule"
                    : " is attempting to grant RBAC permissions not currently held:\n" + String.join("\n", missing);
            throw ApiError.forbidden(
                    type, Json.name(object), "user \"" + user.name() + "\" (groups=[" + groups + "])" + what);
        }
    }

    private static void rules(ResourceType type, JsonNode rules, List<Violation> wrong) {
        for (int i = 0; i < rules.size(); i++) {
            JsonNode rule = rules.get(i);
            String at = "rules[" + i + "].";
            if (rule.path("verbs").isEmpty()) {
                wrong.add(Violation.required(at + "verbs", "verbs must contain at least one value"));
            }
            if (!rule.path("nonResourceURLs").isEmpty()) {
                if (type.namespaced()) {
                    wrong.add(Violation.invalid(
                            at + "nonResourceURLs",
                            rule.path("nonResourceURLs"),
                            "namespaced rules cannot apply to non-resource URLs"));
                }
                if (List.of("apiGroups", "resources", "resourceNames").stream()
                        .anyMatch(what -> !rule.path(what).isEmpty())) {
                    wrong.add(Violation.invalid(
                            at + "nonResourceURLs",
                            rule.path("nonResourceURLs"),
                            "rules cannot apply to both regular resources and non-resource URLs"));
                }
                continue;
            }
            if (rule.path("apiGroups").isEmpty()) {
                wrong.add(Violation.required(at + "apiGroups", "resource rules must supply at least one api group"));
            }
            if (rule.path("resources").isEmpty()) {
                wrong.add(Violation.required(at + "resources", "resource rules must supply at least one resource"));
            }
        }
    }

    private static void collected(JsonNode selectors, List<Violation> wrong) {
        String at = "aggregationRule.clusterRoleSelectors";
        if (selectors.isEmpty()) {
            wrong.add(
                    Violation.required(at, "at least one clusterRoleSelector required if aggregationRule is non-nil"));
        }
        for (int i = 0; i < selectors.size(); i++) {
            int before = wrong.size();
            SelectorRules.add(at + "[" + i + "]", selectors.get(i), wrong);
            if (wrong.size() > before) {
                wrong.add(Violation.invalid(at + "[" + i + "]", "null", "invalid label selector."));
            }
        }
    }

    private static void binding(ResourceType type, JsonNode object, @Nullable JsonNode before, List<Violation> wrong) {
        JsonNode role = object.path("roleRef");
        if (!role.path("apiGroup").asText().equals(GROUP)) {
            wrong.add(Violation.unsupported(
                    "roleRef.apiGroup", text(role.path("apiGroup")), List.of(TextNode.valueOf(GROUP))));
        }
        List<JsonNode> kinds = type.namespaced() ? ROLES : ROLES.subList(1, 2);
        if (!kinds.contains(role.path("kind"))) {
            wrong.add(Violation.unsupported("roleRef.kind", text(role.path("kind")), kinds));
        }
        ValueRules.segment("roleRef.name", role.path("name"), wrong);
        JsonNode subjects = object.path("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            JsonNode subject = subjects.get(i);
            String at = "subjects[" + i + "].";
            if (subject.path("name").asText().isEmpty()) {
                wrong.add(Violation.required(at + "name", ""));
            } else if (subject.path("kind").asText().equals("ServiceAccount")) {
                ValueRules.subdomain(at + "name", subject.path("name"), wrong);
            }
            if (!SUBJECTS.contains(subject.path("kind"))) {
                wrong.add(Violation.unsupported(at + "kind", text(subject.path("kind")), SUBJECTS));
            } else if (subject.path("kind").asText().equals("ServiceAccount")
                    && !type.namespaced()
                    && subject.path("namespace").asText().isEmpty()) {
                wrong.add(Violation.required(at + "namespace", ""));
            }
            String group = subject.path("kind").asText().equals("ServiceAccount") ? "" : GROUP;
            if (SUBJECTS.contains(subject.path("kind"))
                    && !subject.path("apiGroup").asText().equals(group)) {
                wrong.add(Violation.unsupported(
                        at + "apiGroup", text(subject.path("apiGroup")), List.of(TextNode.valueOf(group))));
            }
        }
        if (before != null && !before.path("roleRef").equals(role)) {
            wrong.add(Violation.invalid("roleRef", shown(role), "cannot change roleRef"));
        }
    }

    /// By the names that the fields have within the real server.
    private static String shown(JsonNode role) {
        return Json.object()
                .put("APIGroup", role.path("apiGroup").asText())
                .put("Kind", role.path("kind").asText())
                .put("Name", role.path("name").asText())
                .toString();
    }

    private static JsonNode text(JsonNode value) {
        return TextNode.valueOf(value.asText());
    }
}
