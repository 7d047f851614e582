package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.model.Json;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What makes it invalid what a container, or a whole pod, asks for and is limited to.
public final class ResourceRules {
    private static final String HUGE = "hugepages-";
    private static final String KUBERNETES = "kubernetes.io/";
    private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> STANDARD = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "storage",
            "requests.storage",
            "services.nodeports",
            "services.loadbalancers");

    private ResourceRules() {}

    static void ofContainer(Part resources, Set<String> claims) {
        add(resources, true);
        claims(resources, claims);
    }

    static void ofPod(Part resources) {
        add(resources, false);
    }

    /// What a pod costs beside its containers is told as if it were limited.
    static void overhead(Part overhead) {
        Part limits = overhead.as("limits");
        limits.value().properties().forEach(one -> amount(limits.entry(one.getKey()), one.getKey(), false));
    }

    private static void add(Part resources, boolean container) {
        Part limits = resources.in("limits");
        Part requests = resources.in("requests");
        limits.value().properties().forEach(one -> {
            amount(limits.entry(one.getKey()), one.getKey(), container);
            pages(limits.entry(one.getKey()), one.getKey());
        });
        for (Map.Entry<String, JsonNode> one : requests.value().properties()) {
            amount(requests.entry(one.getKey()), one.getKey(), container);
            within(requests, limits, one.getKey());
            pages(requests.entry(one.getKey()), one.getKey());
        }
        boolean huge = any(limits, true) || any(requests, true);
        if (huge && !any(limits, false) && !any(requests, false)) {
            resources.forbidden("HugePages require cpu or memory");
        }
    }

    private static boolean any(Part amounts, boolean huge) {
        for (Map.Entry<String, JsonNode> one : amounts.value().properties()) {
            String name = one.getKey();
            if (huge ? name.startsWith(HUGE) : name.equals("cpu") || name.equals("memory")) {
                return true;
            }
        }
        return false;
    }

    private static void amount(Part part, String name, boolean container) {
        name(part, name, container);
        BigDecimal amount = number(part.value());
        if (amount.signum() < 0) {
            part.invalid("must be greater than or equal to 0");
        } else if (extended(name) && amount.stripTrailingZeros().scale() > 0) {
            part.invalid("must be an integer");
        }
    }

    private static void name(Part part, String name, boolean container) {
        boolean huge = name.startsWith(HUGE);
        if (OF_CONTAINERS.contains(name) || huge) {
            return;
        }
        String shown = Json.quoted(name);
        int before = part.complaints().size();
        Names.key(part.path(), name, part.complaints());
        boolean qualified = name.contains("/");
        if (part.complaints().size() == before && !qualified && !STANDARD.contains(name)) {
            part.invalid(shown, "must be a standard resource type or fully qualified");
        }
        if (container && !qualified) {
            part.invalid(shown, "must be a standard resource for containers");
        } else if (container && name.startsWith("requests.")) {
            part.invalid(shown, "doesn't follow extended resource name standard");
        }
    }

    /// Whether it is none that Kubernetes itself knows.
    private static boolean extended(String name) {
        int slash = name.indexOf('/');
        return slash >= 0 && !name.substring(0, slash + 1).endsWith(KUBERNETES);
    }

    private static void within(Part requests, Part limits, String name) {
        JsonNode request = requests.value().path(name);
        JsonNode limit = limits.value().path(name);
        boolean exact = extended(name) || name.startsWith(HUGE);
        if (limit.isMissingNode()) {
            if (exact) {
                limits.required("Limit must be set for non overcommitable resources");
            }
            return;
        }
        int order = number(request).compareTo(number(limit));
        String bound = " " + name + " limit of " + limit.asText();
        if (exact && order != 0) {
            requests.invalid(request.toString(), "must be equal to" + bound);
        } else if (order > 0) {
            requests.invalid(request.toString(), "must be less than or equal to" + bound);
        }
    }

    private static void pages(Part part, String name) {
        if (name.startsWith(HUGE)) {
            BigDecimal page = Quantities.parse(name.substring(HUGE.length())).orElse(BigDecimal.ONE);
            BigDecimal amount = number(part.value());
            if (amount.signum() <= 0
                    || page.signum() <= 0
                    || amount.remainder(page).signum() != 0) {
                part.invalid(part.text() + " is not positive integer multiple of " + name);
            }
        }
    }

    private static void claims(Part resources, Set<String> known) {
        Set<String> names = new HashSet<>();
        for (Part claim : resources.each("claims")) {
            String name = claim.in("name").text();
            if (name.isEmpty()) {
                claim.required("");
                continue;
            }
            if (!names.add(name)) {
                claim.duplicate(name);
            }
            if (!known.contains(name)) {
                claim.complaints()
                        .add(new io.driftless.sandbox.custom.Violation(
                                claim.path(),
                                "FieldValueNotFound",
                                "Not found: " + Json.quoted(name)
                                        + ": must be one of the names in pod.spec.resourceClaims"
                                        + (known.isEmpty() ? " which is empty" : "")));
            }
        }
    }

    private static BigDecimal number(JsonNode quantity) {
        return Quantities.parse(quantity.asText()).orElse(BigDecimal.ZERO);
    }
}
