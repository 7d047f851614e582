package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What makes it invalid where a pod may run: tolerations, affinities, how pods are spread.
public final class SchedulingRules {
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final List<String> COMPARED = List.of("Lt", "Gt");
    private static final List<String> WHEN = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final String EMPTY = "can not be empty";

    private SchedulingRules() {}

    static void toleration(Part toleration) {
        Part key = toleration.in("key");
        Part operator = toleration.in("operator");
        Part effect = toleration.in("effect");
        String value = toleration.in("value").text();
        if (!key.text().isEmpty()) {
            key.key();
        } else if (!operator.text().equals("Exists")) {
            operator.invalid(
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.in("tolerationSeconds").there() && !effect.text().equals("NoExecute")) {
            effect.invalid("effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (operator.text()) {
            case "Equal", "" -> Names.value(operator.path(), value, operator.complaints());
            case "Exists" -> {
                if (!value.isEmpty()) {
                    operator.invalid(Json.quoted(value), "value must be empty when `operator` is 'Exists'");
                }
            }
            default ->
                operator.unsupported(
                        COMPARED.contains(operator.text())
                                ? List.of("Equal", "Exists", "Lt", "Gt")
                                : List.of("Equal", "Exists"));
        }
        if (!effect.text().isEmpty()) {
            effect.oneOf(EFFECTS);
        }
    }

    static void affinity(Part affinity) {
        affinity.with("nodeAffinity", SchedulingRules::nodes);
        affinity.with("podAffinity", SchedulingRules::pods);
        affinity.with("podAntiAffinity", SchedulingRules::pods);
    }

    private static void nodes(Part nodes) {
        nodes.with(REQUIRED, required -> {
            if (required.in("nodeSelectorTerms").value().isEmpty()) {
                required.in("nodeSelectorTerms").required("must have at least one node selector term");
            }
            required.each("nodeSelectorTerms").forEach(SchedulingRules::term);
        });
        for (Part preferred : nodes.each(PREFERRED)) {
            weight(preferred);
            term(preferred.in("preference"));
        }
    }

    private static void weight(Part preferred) {
        Part weight = preferred.in("weight");
        if (weight.number() < 1 || weight.number() > 100) {
            weight.invalid(Long.toString(weight.number()), "must be in the range 1-100");
        }
    }

    private static void term(Part term) {
        for (Part expression : term.each("matchExpressions")) {
            operator(expression);
            expression.in("key").key();
            expression.each("values").forEach(value -> Names.value(value.path(), value.text(), value.complaints()));
        }
        for (Part field : term.each("matchFields")) {
            Part operator = field.in("operator");
            if (!List.of("In", "NotIn").contains(operator.text())) {
                operator.invalid("not a valid selector operator");
            } else if (field.in("values").value().size() != 1) {
                field.in("values")
                        .required("must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
            }
            if (field.in("key").text().equals("metadata.name")) {
                field.each("values").forEach(Part::subdomain);
            } else {
                field.in("key").invalid("not a valid field selector key");
            }
        }
    }

    private static void operator(Part expression) {
        Part operator = expression.in("operator");
        Part values = expression.in("values");
        switch (operator.text()) {
            case "In", "NotIn" -> {
                if (values.value().isEmpty()) {
                    values.required("must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.value().isEmpty()) {
                    values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values.value().size() != 1) {
                    values.required("must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> operator.invalid("not a valid selector operator");
        }
    }

    private static void pods(Part pods) {
        pods.each(REQUIRED).forEach(SchedulingRules::podTerm);
        for (Part preferred : pods.each(PREFERRED)) {
            weight(preferred);
            podTerm(preferred.in("podAffinityTerm"));
        }
    }

    private static void podTerm(Part term) {
        for (String selector : List.of("labelSelector", "namespaceSelector")) {
            term.with(selector, one -> SelectorRules.add(one.path(), one.value(), one.complaints()));
        }
        for (Part namespace : term.each("namespaces")) {
            Part said = term.in("namespace");
            Part.at(said.path(), namespace.value(), said.complaints()).label();
        }
        Set<String> matched = new HashSet<>();
        for (Part key : term.each("matchLabelKeys")) {
            key.key();
            matched.add(key.text());
        }
        term.each("mismatchLabelKeys").forEach(Part::key);
        for (JsonNode other : term.value().path("mismatchLabelKeys")) {
            if (matched.contains(other.asText())) {
                term.each("matchLabelKeys").stream()
                        .filter(key -> key.text().equals(other.asText()))
                        .forEach(key -> key.invalid("exists in both matchLabelKeys and mismatchLabelKeys"));
            }
        }
        Part topology = term.in("topologyKey");
        if (topology.text().isEmpty()) {
            topology.required(EMPTY);
        }
        topology.key();
    }

    static void spread(Part spec) {
        List<Part> constraints = spec.each("topologySpreadConstraints");
        for (int i = 0; i < constraints.size(); i++) {
            Part one = constraints.get(i);
            Part when = one.in("whenUnsatisfiable");
            if (one.in("maxSkew").number() <= 0) {
                one.in("maxSkew").invalid(Long.toString(one.in("maxSkew").number()), "must be greater than zero");
            }
            if (one.in("topologyKey").text().isEmpty()) {
                one.in("topologyKey").required(EMPTY);
            }
            if (!WHEN.contains(when.text())) {
                when.unsupported(WHEN);
            }
            for (Part other : constraints.subList(i + 1, constraints.size())) {
                if (pair(one).equals(pair(other))) {
                    one.in("{topologyKey, whenUnsatisfiable}").duplicate(pair(one));
                }
            }
            one.with("minDomains", domains -> domains(domains, when.text()));
            one.in("nodeAffinityPolicy").oneOf(POLICIES);
            one.in("nodeTaintsPolicy").oneOf(POLICIES);
            keys(one);
            one.with(
                    "labelSelector",
                    selector -> SelectorRules.add(selector.path(), selector.value(), selector.complaints()));
        }
    }

    private static String pair(Part constraint) {
        return "{" + constraint.in("topologyKey").text() + ", "
                + constraint.in("whenUnsatisfiable").text() + "}";
    }

    private static void domains(Part domains, String when) {
        if (domains.number() <= 0) {
            domains.invalid("must be greater than zero");
        }
        if (!when.equals("DoNotSchedule")) {
            domains.invalid("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + when);
        }
    }

    private static void keys(Part constraint) {
        if (!constraint.in("matchLabelKeys").value().isEmpty()
                && !constraint.in("labelSelector").there()) {
            constraint.in("matchLabelKeys").forbidden("must not be specified when labelSelector is not set");
            return;
        }
        constraint.each("matchLabelKeys").forEach(Part::key);
    }
}
