package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.custom.WebhookClients;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What makes configurations of webhooks invalid; none is ever called.
public final class WebhookRules {
    private static final List<String> OPERATIONS = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final int LONGEST_SECONDS = 30;

    private WebhookRules() {}

    static void add(JsonNode configuration, boolean mutating, List<Violation> out) {
        Set<String> names = new HashSet<>();
        for (Part webhook : Part.at("", configuration, out).each("webhooks")) {
            Part named = Part.at(webhook.path().substring(1), webhook.value(), out);
            webhook(named, mutating, out);
            String name = named.in("name").text();
            if (!name.isEmpty() && !names.add(name)) {
                named.in("name").duplicate(name);
            }
        }
    }

    private static void webhook(Part webhook, boolean mutating, List<Violation> out) {
        name(webhook.in("name"));
        webhook.each("rules").forEach(WebhookRules::rule);
        webhook.in("failurePolicy").oneOf(List.of("Fail", "Ignore"));
        webhook.in("matchPolicy").oneOf(List.of("Equivalent", "Exact"));
        Part effects = webhook.in("sideEffects");
        if (effects.there()) {
            effects.oneOf(List.of("None", "NoneOnDryRun"));
        } else {
            effects.required("must specify one of None, NoneOnDryRun");
        }
        Part seconds = webhook.in("timeoutSeconds");
        if (seconds.there() && (seconds.number() < 1 || seconds.number() > LONGEST_SECONDS)) {
            seconds.invalid("the timeout value must be between 1 and " + LONGEST_SECONDS + " seconds");
        }
        webhook.with("namespaceSelector", SelectorRules::add);
        webhook.with("objectSelector", SelectorRules::add);
        Part client = webhook.in("clientConfig");
        WebhookClients.check(client.path(), client.value(), out);
        reviews(webhook.in("admissionReviewVersions"));
        webhook.each("matchConditions").forEach(condition -> {
            condition.in("expression").needed();
            if (condition.in("name").needed()) {
                condition.in("name").key();
            }
        });
        if (mutating) {
            webhook.in("reinvocationPolicy").oneOf(List.of("IfNeeded", "Never"));
        }
    }

    private static void name(Part name) {
        if (!name.needed()) {
            return;
        }
        if (!Names.subdomain(name.text())) {
            name.subdomain();
        } else if (name.text().split("\\.").length < 3) {
            name.invalid("should be a domain with at least three segments separated by dots");
        }
    }

    private static void reviews(Part reviews) {
        if (reviews.value().isEmpty()) {
            reviews.required("must specify one of v1, v1beta1");
            return;
        }
        Set<String> seen = new HashSet<>();
        boolean known = false;
        for (int i = 0; i < reviews.value().size(); i++) {
            String version = reviews.value().get(i).asText();
            String at = reviews.path() + "[" + i + "]";
            if (!seen.add(version)) {
                reviews.add(Names.invalid(at, version, "duplicate version"));
                continue;
            }
            WebhookClients.version(at, version, reviews.complaints());
            known |= List.of("v1", "v1beta1").contains(version);
        }
        if (!known) {
            reviews.invalid("must include at least one of v1, v1beta1");
        }
    }

    /// What a webhook or a policy is about.
    static void rule(Part rule) {
        list(rule.in("operations"), "operations", true);
        list(rule.in("apiGroups"), "API groups", false);
        list(rule.in("apiVersions"), "API versions", true);
        resources(rule.in("resources"));
        rule.in("scope").oneOf(List.of("*", "Cluster", "Namespaced"));
    }

    private static void list(Part list, String what, boolean named) {
        if (list.value().isEmpty()) {
            list.required("");
            return;
        }
        int all = 0;
        for (int i = 0; i < list.value().size(); i++) {
            String one = list.value().get(i).asText();
            all += one.equals("*") ? 1 : 0;
            if (named && one.isEmpty()) {
                list.add(Violation.required(list.path() + "[" + i + "]", ""));
            }
        }
        if (all > 0 && list.value().size() > 1) {
            list.invalid("if '*' is present, must not specify other " + what);
        }
        if (what.equals("operations")) {
            for (int i = 0; i < list.value().size(); i++) {
                Part.at(list.path() + "[" + i + "]", list.value().get(i), list.complaints())
                        .oneOf(OPERATIONS);
            }
        }
    }

    private static void resources(Part resources) {
        if (resources.value().isEmpty()) {
            resources.required("");
            return;
        }
        Set<String> whole = new HashSet<>();
        Set<String> parts = new HashSet<>();
        int size = resources.value().size();
        for (int i = 0; i < size; i++) {
            String one = resources.value().get(i).asText();
            String at = resources.path() + "[" + i + "]";
            int slash = one.indexOf('/');
            String resource = slash < 0 ? one : one.substring(0, slash);
            String part = slash < 0 ? "" : one.substring(slash + 1);
            if (one.isEmpty()) {
                resources.add(Violation.required(at, ""));
            } else if (whole.contains(resource)) {
                resources.add(Names.invalid(at, one, "if '" + resource + "/*' is present, must not specify " + one));
            } else if (slash >= 0 && parts.contains(part)) {
                resources.add(Names.invalid(at, one, "if '*/" + part + "' is present, must not specify " + one));
            }
            if (part.equals("*")) {
                whole.add(resource);
            }
            if (resource.equals("*") && slash >= 0) {
                parts.add(part);
            }
        }
        if (has(resources.value(), "*/*") && size > 1) {
            resources.invalid("if '*/*' is present, must not specify other resources");
        } else if (has(resources.value(), "*") && size > 1 && !onlyParts(resources.value())) {
            resources.invalid("if '*' is present, must not specify other resources without subresources");
        }
    }

    private static boolean onlyParts(JsonNode resources) {
        for (JsonNode resource : resources) {
            if (!resource.asText().equals("*") && !resource.asText().contains("/")) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(JsonNode list, String text) {
        return NamespaceRules.has(list, text);
    }
}
