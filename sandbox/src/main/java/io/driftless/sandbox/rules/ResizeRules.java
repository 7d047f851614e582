package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.sandbox.model.Json;
import java.util.List;

/// How the resources of a pod may change while it runs.
final class ResizeRules {
    private static final String MUTABLE = "only cpu and memory resources ";
    private static final List<String> SIDES = List.of("requests", "limits");
    private static final List<String> LISTS = List.of("initContainers", "containers");

    private ResizeRules() {}

    static void add(JsonNode pod, JsonNode before, Part spec) {
        JsonNode was = before.path("spec");
        JsonNode quality = before.path("status").path("qosClass");
        if (!quality.asText().equals(PodQuality.of(pod.path("spec")))) {
            spec.invalid(quality.toString(), "Pod QOS Class may not change as a result of resizing");
        }
        if (!supported(before)) {
            spec.forbidden("Pod running on node without support for resize");
        }
        wholePod(spec, was.path("resources"));
        if (!ordered(spec, was)) {
            return;
        }
        for (String list : LISTS) {
            each(
                    list,
                    spec,
                    was,
                    (container, old) -> kept(container.in("resources"), old.path("resources"), "resource"));
        }
        each("containers", spec, was, (container, old) -> {
            if (!resizedAlone(container.value(), old)) {
                spec.forbidden(MUTABLE + "are mutable");
            }
        });
        each("initContainers", spec, was, (container, old) -> {
            if (!old.path("restartPolicy").asText().equals("Always")) {
                if (!container.value().equals(old)) {
                    spec.forbidden("resources for non-sidecar init containers are immutable");
                }
            } else if (!resizedAlone(container.value(), old)) {
                container.forbidden(MUTABLE + "for init or sidecar containers are mutable");
            }
        });
    }

    /// Looks at one container as it is to be and as it is.
    private interface Look {
        void at(Part container, JsonNode old);
    }

    private static void each(String list, Part spec, JsonNode was, Look look) {
        List<Part> containers = spec.each(list);
        for (int i = 0; i < containers.size(); i++) {
            look.at(containers.get(i), was.path(list).path(i));
        }
    }

    /// A node that does not tell what its containers have cannot give them something else.
    private static boolean supported(JsonNode pod) {
        for (JsonNode status : pod.path("status").path("containerStatuses")) {
            if (status.path("state").has("running")) {
                return status.has("resources");
            }
        }
        return true;
    }

    private static void wholePod(Part spec, JsonNode was) {
        Part now = spec.in("resources");
        if (was.isEmpty() && now.value().isEmpty()) {
            return;
        }
        if (!was.isMissingNode() && !now.there()) {
            now.forbidden("pod-level resources cannot be removed");
            return;
        }
        kept(now, was, "pod-level resource");
        ObjectNode munged = munged(now.value(), was);
        boolean nothing = was.isMissingNode() && munged.isEmpty();
        if (!nothing && !munged.equals(was)) {
            spec.forbidden(MUTABLE + "are mutable at pod-level");
        }
    }

    private static boolean ordered(Part spec, JsonNode was) {
        int complaints = spec.complaints().size();
        for (String list : LISTS.reversed()) {
            if (spec.value().path(list).size() != was.path(list).size()) {
                spec.in(list).forbidden(list + " may not be added or removed on resize");
                continue;
            }
            each(list, spec, was, (container, old) -> {
                if (!container.in("name").value().equals(old.path("name"))) {
                    container.in("name").forbidden(list + " may not be renamed or reordered on resize");
                }
            });
        }
        return spec.complaints().size() == complaints;
    }

    /// Nothing that was asked for, or limited, is left open afterwards.
    private static void kept(Part resources, JsonNode was, String what) {
        for (String side : SIDES) {
            JsonNode now = resources.value().path(side);
            if (was.path(side).properties().stream().anyMatch(one -> !now.has(one.getKey()))) {
                resources.in(side).forbidden(what + " " + side + " cannot be removed");
            }
        }
    }

    private static boolean resizedAlone(JsonNode now, JsonNode was) {
        ObjectNode out = now.deepCopy();
        out.set("resources", munged(now.path("resources"), was.path("resources")));
        return out.equals(was);
    }

    /// Resources with the CPU and the memory that there were.
    private static ObjectNode munged(JsonNode now, JsonNode was) {
        ObjectNode out = Json.object();
        for (String side : SIDES) {
            ObjectNode amounts = now.path(side) instanceof ObjectNode given ? given.deepCopy() : Json.object();
            for (String name : List.of("cpu", "memory")) {
                Json.copy(was.path(side), amounts, name);
            }
            if (!amounts.isEmpty() || was.has(side)) {
                out.set(side, amounts);
            }
        }
        return out;
    }
}
