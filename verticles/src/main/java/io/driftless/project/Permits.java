package io.driftless.project;

import io.driftless.events.ProjectRules;
import io.driftless.events.ProjectRules.KindRule;
import io.driftless.events.ResourceId;
import io.driftless.rbac.Glob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the project of an Application lets it deploy a resource. A resource without a namespace is taken for a
/// cluster-scoped one.
public final class Permits {
    private Permits() {}

    public static boolean permitted(@Nullable ProjectRules rules, ResourceId id) {
        if (rules == null) {
            return true;
        }
        boolean placed = id.namespace().isEmpty() || NamespaceRules.permit(rules.namespaces(), id.namespace());
        return placed && kindPermitted(rules, id);
    }

    /// Why it may not be deployed, as Argo CD says it; empty when it may.
    ///
    /// @param project the name of the project
    public static String refusal(@Nullable ProjectRules rules, String project, ResourceId id) {
        if (permitted(rules, id)) {
            return "";
        }
        return rules != null && kindPermitted(rules, id)
                ? "namespace " + id.namespace() + " is not permitted in project '" + project + "'"
                : "resource " + id.group() + ':' + id.kind() + " is not permitted in project " + project;
    }

    private static boolean kindPermitted(ProjectRules rules, ResourceId id) {
        if (id.namespace().isEmpty()) {
            return listed(rules.clusterResourceWhitelist(), id) && !listed(rules.clusterResourceBlacklist(), id);
        }
        List<KindRule> allowed = rules.namespaceResourceWhitelist();
        return (allowed == null || listed(allowed, id)) && !listed(rules.namespaceResourceBlacklist(), id);
    }

    private static boolean listed(List<KindRule> rules, ResourceId id) {
        for (KindRule rule : rules) {
            if (Glob.matches(rule.kind(), id.kind())
                    && Glob.matches(rule.group(), id.group())
                    && (rule.name().isEmpty() || Glob.matches(rule.name(), id.name()))) {
                return true;
            }
        }
        return false;
    }
}
