package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.custom.Violation;
import io.driftless.sandbox.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes a pod of its own invalid, and what of one that is there may change.
public final class PodRules {
    private static final String FIXED =
            "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
    private static final List<String> CONTAINERS = List.of("containers", "initContainers");

    private PodRules() {}

    /// @param subresource the one that is written; empty for the pod
    static void add(String subresource, JsonNode pod, @Nullable JsonNode before, List<Violation> out) {
        Part spec = Part.at("spec", pod.path("spec"), out);
        PodSpecRules.add(spec);
        images(spec);
        if (before == null) {
            if (!spec.in("ephemeralContainers").value().isEmpty()) {
                spec.in("ephemeralContainers").forbidden("cannot be set on create");
            }
            return;
        }
        switch (subresource) {
            case "ephemeralcontainers" -> EphemeralRules.kept(spec, before.path("spec"));
            case "resize" -> ResizeRules.add(pod, before, spec);
            default -> {
                if (!before.path("spec").equals(spec.value())) {
                    changed(spec, before.path("spec"));
                }
            }
        }
    }

    /// No template is looked at so closely.
    private static void images(Part spec) {
        CONTAINERS.forEach(list -> images(list, spec));
    }

    private static void images(String list, Part spec) {
        for (Part container : spec.each(list)) {
            Part image = container.in("image");
            if (!image.text().equals(image.text().strip())) {
                image.invalid("must not have leading or trailing whitespace");
            }
        }
    }

    /// A pod keeps all but its images, its deadline and its tolerations.
    private static void changed(Part spec, JsonNode before) {
        for (String list : CONTAINERS) {
            if (spec.value().path(list).size() != before.path(list).size()) {
                spec.in(list).forbidden("pod updates may not add or remove containers");
                return;
            }
            // Told once more: updates look at them again.
            spec.each(list).forEach(container -> container.in("image").needed());
            images(list, spec);
        }
        if (!deadline(spec.in("activeDeadlineSeconds"), before.path("activeDeadlineSeconds"))) {
            return;
        }
        if (!kept(spec.value().path("tolerations"), before.path("tolerations"))) {
            spec.in("tolerations").forbidden("existing toleration can not be modified except its tolerationSeconds");
        }
        gates(spec, before);
        JsonNode munged = PodChanges.disregarded(spec, before);
        if (!munged.equals(before)) {
            spec.forbidden(FIXED + "\n" + InternalText.POD_SPEC.changes(before, munged));
        }
    }

    /// False where the real server looks no further.
    private static boolean deadline(Part deadline, JsonNode before) {
        if (!deadline.there()) {
            if (!before.isMissingNode()) {
                deadline.invalid("null", "must not update from a positive integer to nil value");
            }
            return true;
        }
        if (deadline.number() < 0) {
            deadline.between(0, Integer.MAX_VALUE);
            return false;
        }
        if (!before.isMissingNode() && before.asLong() < deadline.number()) {
            deadline.invalid("must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private static boolean kept(JsonNode tolerations, JsonNode before) {
        Set<JsonNode> there = new HashSet<>();
        tolerations.forEach(one -> there.add(lasting(one)));
        for (JsonNode old : before) {
            if (!there.contains(lasting(old))) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode lasting(JsonNode toleration) {
        ObjectNode out = Json.object();
        if (toleration instanceof ObjectNode fields) {
            out.setAll(fields);
        }
        out.remove("tolerationSeconds");
        return out;
    }

    private static void gates(Part spec, JsonNode before) {
        Set<String> there = new HashSet<>();
        before.path("schedulingGates")
                .forEach(gate -> there.add(gate.path("name").asText()));
        for (Part gate : spec.each("schedulingGates")) {
            Part name = gate.in("name");
            if (!there.contains(name.text())) {
                name.forbidden("only deletion is allowed, but found new scheduling gate '" + name.text() + "'");
            }
        }
    }
}
