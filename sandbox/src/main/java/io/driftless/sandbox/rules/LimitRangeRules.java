package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.custom.Violation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What makes a LimitRange invalid: entries that nobody knows, or that contradict themselves.
public final class LimitRangeRules {
    private static final Set<String> TYPES = Set.of("Container", "Pod", "PersistentVolumeClaim");

    private LimitRangeRules() {}

    static void add(JsonNode spec, List<Violation> out) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < spec.path("limits").size(); i++) {
            JsonNode limit = spec.path("limits").get(i);
            String at = "spec.limits[" + i + "]";
            String type = limit.path("type").asText();
            type(at + ".type", type, out);
            if (!types.add(type)) {
                out.add(Violation.duplicate(at + ".type", limit.path("type")));
            }
            names(at, type, limit, out);
            Set<String> all = new TreeSet<>();
            for (String part : List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")) {
                limit.path(part).fieldNames().forEachRemaining(all::add);
            }
            all.forEach(name -> new Entry(at, limit, name).add(out));
        }
    }

    private static void type(String at, String type, List<Violation> out) {
        int before = out.size();
        Names.key(at, type, out);
        if (out.size() == before && !type.contains("/") && !TYPES.contains(type)) {
            out.add(Names.invalid(at, type, "must be a standard limit type or fully qualified"));
        }
    }

    private static void names(String at, String type, JsonNode limit, List<Violation> out) {
        names(at, "max", type, limit, out);
        names(at, "min", type, limit, out);
        for (String part : List.of("default", "defaultRequest")) {
            if (!type.equals("Pod")) {
                names(at, part, type, limit, out);
            } else if (!limit.path(part).isEmpty()) {
                out.add(Violation.forbidden(at + "." + part, "may not be specified when `type` is 'Pod'"));
            }
        }
        if (type.equals("PersistentVolumeClaim")
                && !limit.path("min").has("storage")
                && !limit.path("max").has("storage")) {
            out.add(Violation.required(
                    at + ".limits", "either minimum or maximum storage value is required, but neither was provided"));
        }
        names(at, "maxLimitRequestRatio", type, limit, out);
    }

    private static void names(String at, String part, String type, JsonNode limit, List<Violation> out) {
        Set<String> names = new TreeSet<>();
        limit.path(part).fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String field = at + "." + part + "[" + name + "]";
            ResourceNames.known(field, name, out);
            boolean container = type.equals("Container") || type.equals("Pod");
            if (container && !name.contains("/") && !ResourceNames.ofContainers(name)) {
                out.add(Names.invalid(field, name, "must be a standard resource for containers"));
            }
        }
    }

    /// What one entry says of one resource.
    private record Entry(String at, JsonNode limit, String name) {
        private boolean says(String part) {
            return limit.path(part).has(name);
        }

        private String text(String part) {
            return limit.path(part).path(name).asText();
        }

        private BigDecimal number(String part) {
            return Quantities.parse(text(part)).orElse(BigDecimal.ZERO);
        }

        private boolean more(String part, String other) {
            return says(part) && says(other) && number(part).compareTo(number(other)) > 0;
        }

        private void refuse(String part, String shown, String why, List<Violation> out) {
            out.add(Names.invalid(at + "." + part + "[" + name + "]", shown, why));
        }

        void add(List<Violation> out) {
            String min = "min value " + text("min") + " is greater than ";
            String request = "default request value " + text("defaultRequest");
            if (more("min", "max")) {
                refuse("min", text("min"), min + "max value " + text("max"), out);
            }
            if (more("min", "defaultRequest")) {
                refuse("defaultRequest", text("defaultRequest"), min + request, out);
            }
            if (more("defaultRequest", "max")) {
                String why = request + " is greater than max value " + text("max");
                refuse("defaultRequest", text("defaultRequest"), why, out);
            }
            if (more("defaultRequest", "default")) {
                String why = request + " is greater than default limit value " + text("default");
                refuse("defaultRequest", text("defaultRequest"), why, out);
            }
            if (more("min", "default")) {
                refuse("default", text("min"), min + "default value " + text("default"), out);
            }
            if (more("default", "max")) {
                String why = "default value " + text("default") + " is greater than max value " + text("max");
                refuse("default", text("max"), why, out);
            }
            ratio(out);
            boolean uneven = says("default")
                    && says("defaultRequest")
                    && number("default").compareTo(number("defaultRequest")) != 0;
            if (uneven && !ResourceNames.elastic(name)) {
                String why = "default value " + text("default") + " must equal to defaultRequest value "
                        + text("defaultRequest") + " in " + name;
                refuse("defaultRequest", text("defaultRequest"), why, out);
            }
        }

        private void ratio(List<Violation> out) {
            String part = "maxLimitRequestRatio";
            String ratio = text(part);
            if (says(part) && number(part).compareTo(BigDecimal.ONE) < 0) {
                refuse(part, ratio, "ratio " + ratio + " is less than 1", out);
            }
            if (says(part) && says("min") && says("max") && number("min").signum() > 0) {
                BigDecimal most = number("max").divide(number("min"), MathContext.DECIMAL64);
                if (number(part).compareTo(most) > 0) {
                    String why = String.format(Locale.ROOT, "ratio %s is greater than max/min = %f", ratio, most);
                    refuse(part, ratio, why, out);
                }
            }
        }
    }
}
