package io.driftless.rbac;

import io.driftless.auth.Caller;
import io.driftless.auth.Caller.Kind;
import io.driftless.http.HttpFailure;
import io.driftless.rbac.Policy.Request;
import io.driftless.rbac.TextMatcher.Mode;
import io.driftless.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether a caller may do something: the built-in policy, that of `argocd-rbac-cm`, and
/// for objects of a project the policies of its roles. A policy that cannot be read is refused
/// whole and the last good one stays.
public final class Rbac {
    private static final Logger LOG = LoggerFactory.getLogger(Rbac.class);
    private static final Set<String> BY_PROJECT =
            Set.of("applications", "applicationsets", "logs", "exec", "clusters", "repositories", "write-repositories");
    private final Function<String, Optional<ProjectPolicy>> projects;
    private volatile Global global = new Global(List.of(), "", Mode.GLOB);
    private volatile Map<String, String> seen = Map.of();

    /// Whoever may do one of these can give himself all the rest: the password of `admin`, where
    /// credentials of clusters are sent, what projects allow.
    private static final List<Request> OF_ADMINISTRATORS = List.of(
            new Request("accounts", "update", "admin"),
            new Request("clusters", "update", "https://kubernetes.default.svc"),
            new Request("projects", "update", "default"));

    private record Global(List<Policy> policies, String defaultRole, Mode mode) {}

    /// @param projects the policies of a project; empty when there is no such project
    public Rbac(Function<String, Optional<ProjectPolicy>> projects) {
        this.projects = projects;
        take(Settings.NONE);
    }

    /// Takes over the policy of these settings.
    public void take(Settings settings) {
        Map<String, String> rbac = settings.rbac();
        if (rbac.equals(seen) && !global.policies().isEmpty()) {
            return;
        }
        seen = rbac;
        Mode mode = Mode.of(rbac.getOrDefault("policy.matchMode", ""));
        try {
            Policy policy = new PolicyReader(Mode.GLOB)
                    .add("the built-in policy", BuiltInPolicy.text())
                    .policy();
            PolicyReader reader = new PolicyReader(mode);
            reader.add("policy.csv", rbac.getOrDefault("policy.csv", ""));
            for (Map.Entry<String, String> entry : rbac.entrySet()) {
                String key = entry.getKey();
                if (key.startsWith("policy.") && key.endsWith(".csv") && !key.equals("policy.csv")) {
                    reader.add(key, entry.getValue());
                }
            }
            reader.warnings().forEach(warning -> LOG.warn("argocd-rbac-cm: {}", warning));
            global = new Global(List.of(policy, reader.policy()), rbac.getOrDefault("policy.default", ""), mode);
        } catch (PolicyException e) {
            LOG.error("argocd-rbac-cm is not taken over, the policy before stays in force: {}", e.getMessage());
        }
    }

    /// Whether the caller may do this. `object` is `PROJECT/NAME` or `PROJECT/NAMESPACE/NAME` for what belongs to
    /// projects.
    public boolean allows(Caller caller, String resource, String action, String object) {
        if (caller.kind() == Kind.UNRESTRICTED) {
            return true;
        }
        Global now = global;
        Request request = new Request(resource, action, object);
        if (!now.defaultRole().isEmpty() && Policy.allows(now.policies(), now.defaultRole(), request)) {
            return true;
        }
        if (caller.subject().isEmpty()) {
            return false;
        }
        Optional<ProjectPolicy> project = projectOf(request);
        if (project.isPresent()
                && caller.subject().startsWith("proj:")
                && !project.get().hasRole(caller.subject())) {
            return false;
        }
        List<Policy> policies = new ArrayList<>(now.policies());
        project.ifPresent(found -> policies.addAll(found.policies(now.mode())));
        if (Policy.allows(policies, caller.subject(), request)) {
            return true;
        }
        return caller.kind() != Kind.PROJECT_TOKEN
                && caller.groups().stream()
                        .anyMatch(group -> policies.stream().anyMatch(policy -> policy.grantsTo(group))
                                && Policy.allows(policies, group, request));
    }

    /// Whether the default role, which is everybody's, is that of an administrator.
    public boolean administratorsByDefault() {
        Global now = global;
        return !now.defaultRole().isEmpty()
                && OF_ADMINISTRATORS.stream()
                        .anyMatch(request -> Policy.allows(now.policies(), now.defaultRole(), request));
    }

    /// Fails with [HttpFailure] 403 unless the caller may do this.
    public void require(Caller caller, String resource, String action, String object) {
        if (allows(caller, resource, action, object)) {
            return;
        }
        if (caller.anonymous()) {
            throw HttpFailure.unauthenticated("no session information");
        }
        throw HttpFailure.forbidden(
                "permission denied: " + resource + ", " + action + ", " + object + ", sub: " + caller.subject());
    }

    private Optional<ProjectPolicy> projectOf(Request request) {
        if (request.resource().equals("projects")) {
            return projects.apply(request.object());
        }
        int slash = request.object().indexOf('/');
        return slash > 0 && BY_PROJECT.contains(request.resource())
                ? projects.apply(request.object().substring(0, slash))
                : Optional.empty();
    }
}
