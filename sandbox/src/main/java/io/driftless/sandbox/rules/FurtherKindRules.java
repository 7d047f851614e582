package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes objects invalid of kinds that few people write: runtimes, drivers, further API
/// servers, shares of the server.
public final class FurtherKindRules {
    private static final int SHORTEST_SECONDS = 600;

    private FurtherKindRules() {}

    static void runtime(JsonNode runtime, @Nullable JsonNode before, List<Violation> out) {
        Part handler = Part.at("handler", runtime.path("handler"), out);
        if (handler.needed()) {
            handler.label();
        }
        boolean moved = before != null && !before.path("handler").equals(runtime.path("handler"));
        ResourceRules.overhead(Part.at("overhead", runtime.path("overhead").path("podFixed"), out));
        Part scheduling = Part.at("scheduling", runtime.path("scheduling"), out);
        scheduling.in("nodeSelector").labels();
        scheduling.each("tolerations").forEach(SchedulingRules::toleration);
        if (moved) {
            handler.invalid("field is immutable");
        }
    }

    static void driver(JsonNode driver, @Nullable JsonNode before, List<Violation> out) {
        Part spec = Part.at("spec", driver.path("spec"), out);
        spec.in("fsGroupPolicy").oneOf(List.of("File", "None", "ReadWriteOnceWithFSType"));
        Set<String> seen = new HashSet<>();
        for (Part request : spec.each("tokenRequests")) {
            String audience = request.in("audience").text();
            if (!seen.add(audience)) {
                request.in("audience").duplicate(audience);
                continue;
            }
            Part seconds = request.in("expirationSeconds");
            if (seconds.there() && seconds.number() < SHORTEST_SECONDS) {
                seconds.invalid("may not specify a duration less than 10 minutes");
            }
        }
        for (Part mode : spec.each("volumeLifecycleModes")) {
            Part.at(spec.in("volumeLifecycleModes").path(), mode.value(), out)
                    .oneOf(List.of("Persistent", "Ephemeral"));
        }
        Part modes = spec.in("volumeLifecycleModes");
        if (before != null && !before.path("spec").path("volumeLifecycleModes").equals(modes.value())) {
            modes.invalid("field is immutable");
        }
    }

    static void attachment(JsonNode attachment, List<Violation> out) {
        Part spec = Part.at("spec", attachment.path("spec"), out);
        if (spec.in("attacher").needed()) {
            spec.in("attacher").key();
        }
        JsonNode source = spec.value().path("source");
        if (source.has("persistentVolumeName") == source.has("inlineVolumeSpec")) {
            spec.in("source").required("must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        }
        if (!Names.subdomain(spec.in("nodeName").text())) {
            spec.in("nodeName").invalid(Names.NOT_SUBDOMAIN);
        }
    }

    static void apiService(JsonNode service, List<Violation> out) {
        Part spec = Part.at("spec", service.path("spec"), out);
        String name = spec.in("version").text() + "." + spec.in("group").text();
        if (!Json.name(service).equals(name)) {
            out.add(Names.invalid(
                    "metadata.name",
                    Json.name(service),
                    "must be `spec.version+\".\"+spec.group`: " + Json.quoted(name)));
        }
        priority(spec.in("groupPriorityMinimum"), 20_000);
        priority(spec.in("versionPriority"), 1_000);
        spec.with("service", target -> {
            target.in("namespace").needed();
            target.in("name").needed();
        });
    }

    private static void priority(Part priority, int most) {
        if (priority.number() <= 0 || priority.number() > most) {
            priority.invalid(Long.toString(priority.number()), "must be positive and less than " + most);
        }
    }

    static void flow(JsonNode flow, List<Violation> out) {
        Part name =
                Part.at("spec.priorityLevelConfiguration.name", flow.at("/spec/priorityLevelConfiguration/name"), out);
        if (name.text().isEmpty()) {
            name.required("must reference a priority level");
        }
    }

    static void level(JsonNode level, List<Violation> out) {
        Part spec = Part.at("spec", level.path("spec"), out);
        Part type = spec.in("type");
        if (type.needed()) {
            type.oneOf(List.of("Exempt", "Limited"));
        }
        if (type.text().equals("Limited")) {
            spec.in("limited").in("limitResponse").in("type").needed();
        }
    }

    static void address(JsonNode address, @Nullable JsonNode before, List<Violation> out) {
        Part parent = Part.at("spec", address.path("spec"), out).in("parentRef");
        if (parent.needed()) {
            parent.in("resource").needed();
            parent.in("name").needed();
        }
        if (before != null && !before.path("spec").path("parentRef").equals(parent.value())) {
            parent.invalid(InternalText.PARENT.of(parent.value()), "field is immutable");
        }
    }

    static void addresses(JsonNode range, List<Violation> out) {
        for (Part cidr : Part.at("spec", range.path("spec"), out).each("cidrs")) {
            if (!cidr.text().matches("[0-9a-fA-F.:]+/[0-9]{1,3}")) {
                cidr.invalid("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            }
        }
    }

    static void node(JsonNode node, List<Violation> out) {
        for (Part taint : Part.at("spec", node.path("spec"), out).each("taints")) {
            Part shown = Part.at("metadata" + taint.path().substring("spec".length()), taint.value(), out);
            if (shown.in("key").needed()) {
                shown.in("key").key();
            }
            Part effect = shown.in("effect");
            if (effect.needed()) {
                effect.oneOf(List.of("NoSchedule", "PreferNoSchedule", "NoExecute"));
            }
        }
        for (Part cidr : Part.at("spec", node.path("spec"), out).each("podCIDRs")) {
            if (!cidr.text().matches("[0-9a-fA-F.:]+/[0-9]{1,3}")) {
                cidr.invalid("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            }
        }
    }

    static void revision(JsonNode revision, List<Violation> out) {
        Part.at("revision", revision.path("revision"), out).notNegative();
        if (!revision.has("data")) {
            out.add(Violation.required("data", "data is mandatory"));
        }
    }
}
