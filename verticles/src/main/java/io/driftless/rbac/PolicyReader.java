package io.driftless.rbac;

import io.driftless.rbac.Policy.Rule;
import io.driftless.rbac.TextMatcher.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads policies: lines `p, subject, resource, action, object, effect` and `g, member, role`.
public final class PolicyReader {
    private static final int MOST_LINES = 200_000;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final Set<String> RESOURCES = Set.of(
            "accounts",
            "applications",
            "applicationsets",
            "certificates",
            "clusters",
            "exec",
            "extensions",
            "gpgkeys",
            "logs",
            "projects",
            "repositories",
            "write-repositories");
    private static final Set<String> ACTIONS =
            Set.of("get", "create", "update", "delete", "sync", "override", "action", "invoke");
    private static final String SPECIAL = "*?[]{}\\|^$+.()";
    private final Mode mode;
    private final List<String> warnings = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Set<String>> roles = new HashMap<>();
    private final Map<String, TextMatcher> matchers = new HashMap<>();

    PolicyReader(Mode mode) {
        this.mode = mode;
    }

    /// Reads a policy whole, or fails naming the line.
    ///
    /// @param matchMode `glob` (also when empty) or `regex`
    public static Policy read(String name, String text, String matchMode) throws PolicyException {
        return new PolicyReader(Mode.of(matchMode)).add(name, text).policy();
    }

    PolicyReader add(String name, String text) throws PolicyException {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            if (++number > MOST_LINES) {
                throw new PolicyException(name + " has more than " + MOST_LINES + " lines");
            }
            String content = line.strip();
            if (!content.isEmpty() && content.charAt(0) != '#') {
                try {
                    take(content, name + " line " + number);
                } catch (PolicyException e) {
                    throw new PolicyException(name + " line " + number + ": " + e.getMessage());
                }
            }
        }
        return this;
    }

    Policy policy() {
        return new Policy(rules, roles);
    }

    /// Lines that can be read and can never count, each with its place.
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void take(String line, String place) throws PolicyException {
        if (line.length() > LONGEST_LINE) {
            throw new PolicyException("longer than " + LONGEST_LINE + " characters");
        }
        List<String> fields = CsvLine.fields(line);
        switch (fields.getFirst()) {
            case "p" -> {
                rule(fields);
                doubt(place, "resource", fields.get(2), RESOURCES);
                doubt(place, "action", fields.get(3).split("/", 2)[0], ACTIONS);
            }
            case "g" -> role(fields);
            default -> throw new PolicyException("it must begin with p or g");
        }
    }

    private void doubt(String place, String what, String pattern, Set<String> known) {
        boolean plain = pattern.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
        if (plain && !known.contains(pattern)) {
            warnings.add(place + ": nothing asks about the " + what + ' ' + pattern);
        }
    }

    private void rule(List<String> fields) throws PolicyException {
        if (fields.size() != 6) {
            throw new PolicyException("p must be followed by subject, resource, action, object and effect");
        }
        String effect = fields.get(5);
        if (!effect.equals("allow") && !effect.equals("deny")) {
            throw new PolicyException("the effect must be allow or deny");
        }
        if (fields.get(1).isEmpty()) {
            throw new PolicyException("the subject is empty");
        }
        rules.add(new Rule(
                fields.get(1),
                matcher(fields.get(2)),
                matcher(fields.get(3)),
                matcher(fields.get(4)),
                effect.equals("allow")));
    }

    private void role(List<String> fields) throws PolicyException {
        if (fields.size() != 3 || fields.get(1).isEmpty() || fields.get(2).isEmpty()) {
            throw new PolicyException("g must be followed by a member and its role");
        }
        roles.computeIfAbsent(fields.get(1), member -> new HashSet<>()).add(fields.get(2));
    }

    private TextMatcher matcher(String pattern) throws PolicyException {
        TextMatcher known = matchers.get(pattern);
        if (known == null) {
            known = TextMatcher.of(mode, pattern);
            matchers.put(pattern, known);
        }
        return known;
    }
}
