package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What makes the spec of a pod invalid, wherever it occurs. Complaints come in the order of the real server.
public final class PodSpecRules {
    private static final List<String> RESTARTS = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS = List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final List<String> PREEMPTIONS = List.of("PreemptLowerPriority", "Never");
    private static final List<String> SYSTEMS = List.of("linux", "windows");
    private static final String SEARCHED_TEXT =
            "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";
    private static final Pattern SEARCHED = Pattern.compile(SEARCHED_TEXT);
    private static final String NOT_SEARCHED =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '"
                    + SEARCHED_TEXT + "')";
    private static final int MOST_NAMESERVERS = 3;

    private PodSpecRules() {}

    /// Adds what is wrong with a template of pods: its metadata, its spec.
    static void template(String at, JsonNode template, List<Violation> out) {
        JsonNode meta = template.path("metadata");
        Part.at(at + ".labels", meta.path("labels"), out).labels();
        for (var annotation : meta.path("annotations").properties()) {
            Names.key(at + ".annotations", annotation.getKey().toLowerCase(Locale.ROOT), out);
        }
        JsonNode spec = template.path("spec");
        add(Part.at(at + ".spec", spec, out));
        if (!spec.path("ephemeralContainers").isEmpty()) {
            out.add(Violation.forbidden(
                    at + ".spec.ephemeralContainers", "ephemeral containers not allowed in pod template"));
        }
    }

    static void add(Part spec) {
        Map<String, JsonNode> volumes = VolumeRules.add(spec);
        ContainerRules.add(spec, PodFacts.of(spec.value(), volumes, claims(spec)));
        spec.with("resources", ResourceRules::ofPod);
        spec.in("restartPolicy").oneOf(RESTARTS);
        spec.in("dnsPolicy").oneOf(DNS);
        spec.in("nodeSelector").labels();
        SecurityRules.pod(spec);
        spec.with("affinity", SchedulingRules::affinity);
        dns(spec);
        spec.each("readinessGates").forEach(gate -> gate.in("conditionType").key());
        gates(spec);
        SchedulingRules.spread(spec);
        SecurityRules.host(spec);
        for (String name : List.of("serviceAccountName", "nodeName")) {
            name(spec, name);
        }
        spec.with("activeDeadlineSeconds", deadline -> deadline.between(1, Integer.MAX_VALUE));
        for (String name : List.of("hostname", "subdomain")) {
            if (!spec.in(name).text().isEmpty()) {
                spec.in(name).label();
            }
        }
        spec.each("tolerations").forEach(SchedulingRules::toleration);
        for (Part alias : spec.each("hostAliases")) {
            AddressText.check(alias.in("ip"));
            alias.each("hostnames").forEach(Part::subdomain);
        }
        name(spec, "priorityClassName");
        name(spec, "runtimeClassName");
        spec.in("preemptionPolicy").oneOf(PREEMPTIONS);
        spec.with("overhead", ResourceRules::overhead);
        spec.with("os", PodSpecRules::system);
    }

    private static void name(Part spec, String field) {
        Part name = spec.in(field);
        if (!name.text().isEmpty()) {
            name.subdomain();
        }
    }

    private static Set<String> claims(Part spec) {
        Set<String> names = new HashSet<>();
        for (Part claim : spec.each("resourceClaims")) {
            if (claim.in("name").needed()) {
                claim.in("name").label();
                if (!names.add(claim.in("name").text())) {
                    claim.in("name").duplicate(claim.in("name").text());
                }
            }
            boolean named = claim.value().has("resourceClaimName");
            if (named == claim.value().has("resourceClaimTemplateName")) {
                claim.invalid(
                        InternalText.RESOURCE_CLAIM.of(claim.value()),
                        named
                                ? "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"
                                : "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
            }
        }
        return names;
    }

    private static void dns(Part spec) {
        Part config = spec.in("dnsConfig");
        if (spec.in("dnsPolicy").text().equals("None")) {
            if (!config.there()) {
                config.required("must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (config.in("nameservers").value().isEmpty()) {
                config.in("nameservers").required("must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (config.in("nameservers").value().size() > MOST_NAMESERVERS) {
            config.in("nameservers").invalid("must not have more than " + MOST_NAMESERVERS + " nameservers");
        }
        config.each("nameservers").forEach(AddressText::check);
        for (Part search : config.each("searches")) {
            String text = search.text();
            String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
            if (!text.equals(".") && !SEARCHED.matcher(name).matches()) {
                search.invalid(Json.quoted(name), NOT_SEARCHED);
            }
        }
        for (Part option : config.each("options")) {
            if (option.in("name").text().isEmpty()) {
                option.required("must not be empty");
            }
        }
    }

    private static void gates(Part spec) {
        Set<String> names = new HashSet<>();
        for (Part gate : spec.each("schedulingGates")) {
            String name = gate.in("name").text();
            Names.key(gate.path(), name, gate.complaints());
            if (!names.add(name)) {
                gate.duplicate(name);
            }
        }
    }

    private static void system(Part os) {
        if (os.in("name").needed() && !SYSTEMS.contains(os.in("name").text())) {
            os.add(Violation.unsupported(
                    os.path(),
                    os.in("name").value(),
                    SYSTEMS.stream()
                            .map(one -> (JsonNode) com.fasterxml.jackson.databind.node.TextNode.valueOf(one))
                            .toList()));
        }
    }
}
