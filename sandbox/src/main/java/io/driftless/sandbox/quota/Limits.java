package io.driftless.sandbox.quota;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a LimitRange refuses: pods, containers and claims that ask for too much or too little.
public final class Limits {
    private Limits() {}

    /// What is wrong with an object, each thing said once; empty where nothing is.
    ///
    /// @param type `pods` or `persistentvolumeclaims`; nothing else is bounded
    public static List<String> problems(JsonNode range, String type, JsonNode object) {
        Set<String> out = new LinkedHashSet<>();
        JsonNode spec = object.path("spec");
        for (JsonNode limit : range.path("spec").path("limits")) {
            switch (limit.path("type").asText()) {
                case "Container" -> {
                    if (type.equals("pods")) {
                        spec.path("containers").forEach(c -> container(limit, c, out));
                        spec.path("initContainers").forEach(c -> container(limit, c, out));
                    }
                }
                case "Pod" -> {
                    if (type.equals("pods")) {
                        Bound whole = new Bound("Pod", PodAmounts.of(spec, "requests"), PodAmounts.of(spec, "limits"));
                        whole.add(limit, out);
                    }
                }
                case "PersistentVolumeClaim" -> {
                    if (type.equals("persistentvolumeclaims")) {
                        claim(limit, PodAmounts.own(spec, "requests"), out);
                    }
                }
                default -> {}
            }
        }
        return new ArrayList<>(out);
    }

    private static void container(JsonNode limit, JsonNode container, Set<String> out) {
        new Bound("Container", PodAmounts.own(container, "requests"), PodAmounts.own(container, "limits"))
                .add(limit, out);
    }

    /// A claim has no limits: both bounds are about what it asks for.
    private static void claim(JsonNode limit, Amounts requests, Set<String> out) {
        Bound claim = new Bound("PersistentVolumeClaim", requests, Amounts.NONE);
        Amounts min = Amounts.of(limit.path("min"));
        min.names().forEach(name -> claim.atLeast(name, min.orNothing(name), out));
        Amounts max = Amounts.of(limit.path("max"));
        max.names().forEach(name -> claim.requestAtMost(name, max.orNothing(name), out));
    }
}
