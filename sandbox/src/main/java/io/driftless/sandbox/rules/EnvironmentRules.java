package io.driftless.sandbox.rules;

import java.util.List;
import java.util.regex.Pattern;

/// What makes the variables of a container invalid.
public final class EnvironmentRules {
    private static final Pattern NAME = Pattern.compile("[ -<>-~]+");
    private static final String NOT_NAME =
            "a valid environment variable name must consist only of printable ASCII characters other than '='";
    private static final List<String> FROM =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
    private static final List<String> SETS = List.of("configMapRef", "secretRef");
    private static final String TOO_MANY = "may not have more than one field specified at a time";

    private EnvironmentRules() {}

    static void add(Part container) {
        for (Part variable : container.each("env")) {
            if (variable.in("name").needed()
                    && !NAME.matcher(variable.in("name").text()).matches()) {
                variable.in("name").invalid(NOT_NAME);
            }
            variable.with("valueFrom", from -> from(from, variable.in("value").text()));
        }
        for (Part set : container.each("envFrom")) {
            set(set, container.in("envFrom"));
        }
    }

    private static void from(Part from, String value) {
        from.with("fieldRef", DownwardRules::variable);
        from.with("resourceFieldRef", resource -> DownwardRules.resource(resource, false));
        from.with("configMapKeyRef", EnvironmentRules::key);
        from.with("secretKeyRef", EnvironmentRules::key);
        long said = FROM.stream().filter(from.value()::has).count();
        if (said == 0) {
            from.invalid(
                    "\"\"",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        } else if (!value.isEmpty()) {
            from.invalid("\"\"", "may not be specified when `value` is not empty");
        } else if (said > 1) {
            from.invalid("\"\"", TOO_MANY);
        }
    }

    private static void key(Part reference) {
        if (!Names.subdomain(reference.in("name").text())) {
            reference.in("name").invalid(Names.NOT_SUBDOMAIN);
        }
        Part key = reference.in("key");
        if (key.needed()) {
            if (key.text().startsWith("..")) {
                key.invalid(key.text().equals("..") ? "must not be '..'" : "must not start with '..'");
            } else {
                SecretRules.key(key.path(), key.text(), key.complaints());
            }
        }
    }

    private static void set(Part set, Part all) {
        Part prefix = set.in("prefix");
        if (!prefix.text().isEmpty() && !NAME.matcher(prefix.text()).matches()) {
            prefix.invalid(NOT_NAME);
        }
        for (String source : SETS) {
            set.with(source, one -> {
                if (one.in("name").needed()) {
                    one.in("name").subdomain();
                }
            });
        }
        long said = SETS.stream().filter(set.value()::has).count();
        if (said == 0) {
            all.invalid("\"\"", "must specify one of: `configMapRef` or `secretRef`");
        } else if (said > 1) {
            all.invalid("\"\"", TOO_MANY);
        }
    }
}
