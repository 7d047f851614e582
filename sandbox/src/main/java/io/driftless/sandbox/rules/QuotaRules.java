package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What makes a ResourceQuota invalid.
public final class QuotaRules {
    private static final Set<String> OF_PODS =
            Set.of("Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "CrossNamespacePodAffinity");
    private static final Set<String> CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");
    private static final Set<String> PODS =
            Set.of("pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");
    private static final String UNSUPPORTED = "unsupported scope";
    private static final String UNFIT = "unsupported scope applied to resource";
    private static final String CONFLICT = "conflicting scopes";

    private QuotaRules() {}

    static void add(JsonNode quota, @Nullable JsonNode before, List<Violation> out) {
        JsonNode spec = quota.path("spec");
        amounts("spec.hard", spec.path("hard"), out);
        scopes(spec, out);
        selector(spec, out);
        if (before != null) {
            JsonNode scopes = spec.path("scopes");
            if (!names(scopes).equals(names(before.path("spec").path("scopes")))) {
                String shown = scopes.isMissingNode() ? "null" : scopes.toString();
                out.add(Violation.invalid("spec.scopes", shown, "field is immutable"));
            }
            amounts("status.hard", quota.path("status").path("hard"), out);
            amounts("status.used", quota.path("status").path("used"), out);
        }
    }

    private static void amounts(String at, JsonNode amounts, List<Violation> out) {
        TreeMap<String, JsonNode> all = new TreeMap<>();
        amounts.properties().forEach(e -> all.put(e.getKey(), e.getValue()));
        all.forEach((name, value) -> {
            String field = at + "[" + name + "]";
            ResourceNames.known(field, name, out);
            if (!name.contains("/") && !ResourceNames.ofQuotas(name)) {
                out.add(Names.invalid(field, name, "must be a standard resource for quota"));
            }
            BigDecimal number = Quantities.parse(value.asText()).orElse(BigDecimal.ZERO);
            if (number.signum() < 0) {
                out.add(Names.invalid(field, value.asText(), "must be greater than or equal to 0"));
            }
            if (ResourceNames.whole(name) && number.stripTrailingZeros().scale() > 0) {
                out.add(Names.invalid(field, value.asText(), "must be an integer"));
            }
        });
    }

    private static void scopes(JsonNode spec, List<Violation> out) {
        JsonNode scopes = spec.path("scopes");
        scopes.forEach(scope -> scope(scope.asText(), spec, scopes.toString(), out));
        if (conflict(names(scopes))) {
            out.add(Violation.invalid("spec.scopes", scopes.toString(), CONFLICT));
        }
    }

    private static void scope(String scope, JsonNode spec, String shown, List<Violation> out) {
        if (!standard(scope)) {
            out.add(Violation.invalid("spec.scopes", shown, UNSUPPORTED));
        }
        unfit("spec.scopes", scope, spec, shown, out);
    }

    private static void unfit(String at, String scope, JsonNode spec, String shown, List<Violation> out) {
        spec.path("hard").fieldNames().forEachRemaining(name -> {
            if (ResourceNames.ofQuotas(name) && !fits(scope, name)) {
                out.add(Violation.invalid(at, shown, UNFIT));
            }
        });
    }

    private static boolean standard(String scope) {
        return OF_PODS.contains(scope) || scope.equals("PriorityClass") || scope.equals("VolumeAttributesClass");
    }

    private static boolean fits(String scope, String name) {
        return switch (scope) {
            case "BestEffort" -> name.equals("pods");
            case "VolumeAttributesClass" -> CLAIMS.contains(name);
            default -> !standard(scope) || PODS.contains(name);
        };
    }

    private static Set<String> names(JsonNode scopes) {
        Set<String> names = new HashSet<>();
        scopes.forEach(scope -> names.add(scope.asText()));
        return names;
    }

    private static boolean conflict(Set<String> scopes) {
        return scopes.containsAll(Set.of("BestEffort", "NotBestEffort"))
                || scopes.containsAll(Set.of("Terminating", "NotTerminating"));
    }

    private static void selector(JsonNode spec, List<Violation> out) {
        String at = "spec.scopeSelector.matchExpressions";
        JsonNode terms = spec.path("scopeSelector").path("matchExpressions");
        Set<String> scopes = new HashSet<>();
        for (JsonNode term : terms) {
            String scope = term.path("scopeName").asText();
            scopes.add(scope);
            if (!standard(scope)) {
                out.add(Names.invalid(at + ".scopeName", scope, UNSUPPORTED));
            }
            unfit(at, scope, spec, shown(terms), out);
            operator(at, term, scope, out);
        }
        if (conflict(scopes)) {
            out.add(Violation.invalid(at, "null", CONFLICT));
        }
    }

    private static void operator(String at, JsonNode term, String scope, List<Violation> out) {
        String operator = term.path("operator").asText();
        if (OF_PODS.contains(scope) && !operator.equals("Exists")) {
            out.add(Names.invalid(
                    at + ".operator",
                    operator,
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating,"
                            + " ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or"
                            + " ResourceQuotaScopeCrossNamespacePodAffinity"));
        }
        JsonNode values = term.path("values");
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    out.add(Violation.required(
                            at + ".values",
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    out.add(Violation.invalid(
                            at + ".values",
                            values,
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"));
                }
            }
            default -> out.add(Names.invalid(at + ".operator", operator, "not a valid selector operator"));
        }
    }

    /// The selector as the server, which is written in Go, shows it.
    private static String shown(JsonNode terms) {
        ObjectNode out = Json.object();
        ArrayNode all = out.putArray("MatchExpressions");
        for (JsonNode term : terms) {
            all.addObject()
                    .put("ScopeName", term.path("scopeName").asText())
                    .put("Operator", term.path("operator").asText())
                    .set("Values", term.has("values") ? term.path("values") : Json.MAPPER.nullNode());
        }
        return out.toString();
    }
}
