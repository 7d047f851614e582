package io.driftless.rbac;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rules and who has which role. A request is allowed when a rule allows it and none denies it, over all roles of the
/// subject.
public final class Policy {
    public static final Policy EMPTY = new Policy(List.of(), Map.of());
    /// How far roles of roles are followed.
    private static final int DEEPEST = 10;

    private final Map<String, List<Rule>> bySubject = new HashMap<>();
    private final Map<String, Set<String>> roles = new HashMap<>();

    /// One line that begins with `p`.
    record Rule(String subject, TextMatcher resource, TextMatcher action, TextMatcher object, boolean allow) {
        boolean concerns(Request request) {
            return resource.matches(request.resource())
                    && action.matches(request.action())
                    && object.matches(request.object());
        }
    }

    /// What somebody wants to do.
    public record Request(String resource, String action, String object) {}

    Policy(Collection<Rule> rules, Map<String, Set<String>> roles) {
        rules.forEach(rule -> bySubject
                .computeIfAbsent(rule.subject(), subject -> new ArrayList<>())
                .add(rule));
        roles.forEach((member, granted) -> this.roles.put(member, Set.copyOf(granted)));
    }

    public boolean allows(String subject, Request request) {
        return allows(List.of(this), subject, request);
    }

    /// Whether several policies together allow it.
    static boolean allows(List<Policy> policies, String subject, Request request) {
        boolean allowed = false;
        for (String role : withRoles(policies, subject)) {
            for (Policy policy : policies) {
                for (Rule rule : policy.bySubject.getOrDefault(role, List.of())) {
                    if (rule.concerns(request)) {
                        if (!rule.allow()) {
                            return false;
                        }
                        allowed = true;
                    }
                }
            }
        }
        return allowed;
    }

    /// Whether somebody of this name was given a role.
    boolean grantsTo(String member) {
        return roles.containsKey(member);
    }

    private static Set<String> withRoles(List<Policy> policies, String subject) {
        Set<String> all = new LinkedHashSet<>();
        all.add(subject);
        ArrayDeque<String> level = new ArrayDeque<>(all);
        for (int depth = 0; depth < DEEPEST && !level.isEmpty(); depth++) {
            ArrayDeque<String> next = new ArrayDeque<>();
            for (String member : level) {
                for (Policy policy : policies) {
                    for (String role : policy.roles.getOrDefault(member, Set.of())) {
                        if (all.add(role)) {
                            next.add(role);
                        }
                    }
                }
            }
            level = next;
        }
        return all;
    }
}
