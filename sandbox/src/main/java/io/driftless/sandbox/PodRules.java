package io.driftless.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.objects.Quantities;
import io.driftless.sandbox.custom.Violation;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What makes the spec of a pod invalid, wherever it occurs.
final class PodRules {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final List<String> RESTARTS = List.of("Always", "OnFailure", "Never");
    private static final String FIXED =
            "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private PodRules() {}

    static void add(String at, JsonNode spec, List<Violation> out) {
        Set<String> volumes = new HashSet<>();
        for (int i = 0; i < spec.path("volumes").size(); i++) {
            volume(at + ".volumes[" + i + "]", spec.path("volumes").get(i), volumes, out);
        }
        Set<String> names = new HashSet<>();
        containers(at + ".containers", spec.path("containers"), volumes, names, out);
        if (spec.path("containers").isEmpty()) {
            out.add(Violation.required(at + ".containers", ""));
        }
        containers(at + ".initContainers", spec.path("initContainers"), volumes, names, out);
        ServiceRules.oneOf(at + ".restartPolicy", spec.path("restartPolicy"), RESTARTS, out);
        ServiceRules.oneOf(
                at + ".dnsPolicy",
                spec.path("dnsPolicy"),
                List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"),
                out);
        spec.path("nodeSelector").properties().forEach(label -> {
            Names.key(at + ".nodeSelector", label.getKey(), out);
            Names.value(at + ".nodeSelector", label.getValue().asText(), out);
        });
    }

    private static void volume(String at, JsonNode volume, Set<String> names, List<Violation> out) {
        String name = volume.path("name").asText();
        label(at + ".name", volume.path("name"), out);
        if (!names.add(name)) {
            out.add(Violation.duplicate(at + ".name", volume.path("name")));
        }
        int sources = 0;
        for (Map.Entry<String, JsonNode> source : volume.properties()) {
            if (!source.getKey().equals("name") && ++sources > 1) {
                out.add(Violation.forbidden(at + "." + source.getKey(), "may not specify more than 1 volume type"));
            }
        }
    }

    private static void label(String field, JsonNode name, List<Violation> out) {
        if (name.asText().isEmpty()) {
            out.add(Violation.required(field, ""));
        } else if (name.asText().length() > 63 || !LABEL.matcher(name.asText()).matches()) {
            out.add(Names.invalid(field, name.asText(), Names.NOT_LABEL));
        }
    }

    private static void containers(
            String at, JsonNode containers, Set<String> volumes, Set<String> names, List<Violation> out) {
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.get(i);
            String here = at + "[" + i + "]";
            label(here + ".name", container.path("name"), out);
            if (container.path("image").asText().isEmpty()) {
                out.add(Violation.required(here + ".image", ""));
            }
            for (int j = 0; j < container.path("ports").size(); j++) {
                port(here + ".ports[" + j + "]", container.path("ports").get(j), out);
            }
            for (int j = 0; j < container.path("env").size(); j++) {
                if (container.path("env").get(j).path("name").asText().isEmpty()) {
                    out.add(Violation.required(here + ".env[" + j + "].name", ""));
                }
            }
            for (int j = 0; j < container.path("volumeMounts").size(); j++) {
                mount(
                        here + ".volumeMounts[" + j + "]",
                        container.path("volumeMounts").get(j),
                        volumes,
                        out);
            }
            ServiceRules.oneOf(
                    here + ".imagePullPolicy",
                    container.path("imagePullPolicy"),
                    List.of("Always", "IfNotPresent", "Never"),
                    out);
            resources(here + ".resources", container.path("resources"), out);
            if (!names.add(container.path("name").asText())) {
                out.add(Violation.duplicate(here + ".name", container.path("name")));
            }
        }
    }

    private static void port(String at, JsonNode port, List<Violation> out) {
        String name = port.path("name").asText();
        if (!name.isEmpty()) {
            if (name.length() > 15) {
                out.add(Names.invalid(at + ".name", name, "must be no more than 15 characters"));
            }
            if (!name.matches("[-a-z0-9]*")) {
                out.add(Names.invalid(
                        at + ".name", name, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"));
            }
            if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
                out.add(Names.invalid(at + ".name", name, "must contain at least one letter (a-z)"));
            }
        }
        int number = port.path("containerPort").asInt();
        if (number == 0) {
            out.add(Violation.required(at + ".containerPort", ""));
        } else if (number < 0 || number > 65_535) {
            out.add(Violation.invalid(
                    at + ".containerPort", Integer.toString(number), "must be between 1 and 65535, inclusive"));
        }
        ServiceRules.oneOf(at + ".protocol", port.path("protocol"), List.of("SCTP", "TCP", "UDP"), out);
    }

    private static void mount(String at, JsonNode mount, Set<String> volumes, List<Violation> out) {
        String name = mount.path("name").asText();
        if (name.isEmpty()) {
            out.add(Violation.required(at + ".name", ""));
        } else if (!volumes.contains(name)) {
            out.add(new Violation(at + ".name", "FieldValueNotFound", "Not found: " + Json.quoted(name)));
        }
        if (mount.path("mountPath").asText().isEmpty()) {
            out.add(Violation.required(at + ".mountPath", ""));
        }
    }

    private static void resources(String at, JsonNode resources, List<Violation> out) {
        for (Map.Entry<String, JsonNode> limit : resources.path("limits").properties()) {
            JsonNode request = resources.path("requests").path(limit.getKey());
            if (!request.isMissingNode() && amount(request).compareTo(amount(limit.getValue())) > 0) {
                out.add(Violation.invalid(
                        at + ".requests",
                        request,
                        "must be less than or equal to " + limit.getKey() + " limit of "
                                + limit.getValue().asText()));
            }
        }
        for (String part : List.of("limits", "requests")) {
            for (Map.Entry<String, JsonNode> one : resources.path(part).properties()) {
                if (amount(one.getValue()).signum() < 0) {
                    out.add(Violation.invalid(
                            at + "." + part + "[" + one.getKey() + "]",
                            one.getValue(),
                            "must be greater than or equal to 0"));
                }
            }
        }
    }

    private static BigDecimal amount(JsonNode quantity) {
        return Quantities.parse(quantity.asText()).orElse(BigDecimal.ZERO);
    }

    /// A pod keeps all but its images, its deadline and its tolerations.
    static void lasting(JsonNode spec, @Nullable JsonNode before, List<Violation> out) {
        if (before != null && !fixed(spec).equals(fixed(before.path("spec")))) {
            out.add(Violation.forbidden("spec", FIXED));
        }
    }

    private static JsonNode fixed(JsonNode spec) {
        if (!(spec.deepCopy() instanceof ObjectNode out)) {
            return spec;
        }
        // Who is scheduled, and by which gates, is the business of `binding` and of the scheduler.
        out.remove(List.of(
                "activeDeadlineSeconds",
                "tolerations",
                "terminationGracePeriodSeconds",
                "nodeName",
                "schedulingGates",
                "ephemeralContainers"));
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : out.path(list)) {
                if (container instanceof ObjectNode one) {
                    one.remove(List.of("image", "imagePullPolicy", "resources"));
                }
            }
        }
        return out;
    }
}
