package io.driftless.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.sandbox.model.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What makes containers invalid that join a pod while it runs.
final class EphemeralRules {
    private static final String LASTING_ALONE = "cannot be set for an Ephemeral Container";
    /// What such a container never has, in the order of its fields.
    private static final List<String> NEVER = List.of(
            "ports",
            "resources",
            "resizePolicy",
            "restartPolicy",
            "restartPolicyRules",
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "lifecycle");

    private EphemeralRules() {}

    static void add(Part spec, PodFacts pod) {
        Set<String> others = new HashSet<>();
        for (String list : List.of("containers", "initContainers")) {
            spec.each(list).forEach(container -> others.add(container.in("name").text()));
        }
        Set<String> all = new HashSet<>(others);
        for (Part container : spec.each("ephemeralContainers")) {
            ContainerRules.common(container, pod);
            Part image = container.in("image");
            if (!image.text().equals(image.text().strip())) {
                image.invalid("must not have leading or trailing whitespace");
            }
            Part name = container.in("name");
            if (!all.add(name.text())) {
                name.duplicate(name.text());
            }
            Part target = container.in("targetContainerName");
            if (!target.text().isEmpty() && !others.contains(target.text())) {
                target.notFound("");
            }
            NEVER.forEach(field -> never(container, field));
            for (Part mount : container.each("volumeMounts")) {
                for (String path : List.of("subPath", "subPathExpr")) {
                    if (!mount.in(path).text().isEmpty()) {
                        mount.in(path).forbidden(LASTING_ALONE);
                    }
                }
            }
        }
    }

    private static void never(Part container, String field) {
        boolean none = field.equals("resources") && container.in(field).value().isEmpty();
        if (container.in(field).there() && !none) {
            container.in(field).forbidden(LASTING_ALONE);
        }
    }

    /// Those that are there stay, and stay as they are.
    static void kept(Part spec, JsonNode before) {
        Part all = spec.in("ephemeralContainers");
        Map<String, JsonNode> now = new HashMap<>();
        all.value().forEach(container -> now.put(container.path("name").asText(), container));
        for (JsonNode old : before.path("ephemeralContainers")) {
            String which = "existing ephemeral containers "
                    + Json.quoted(old.path("name").asText());
            JsonNode next = now.get(old.path("name").asText());
            if (next == null) {
                all.forbidden(which + " may not be removed\n");
            } else if (!next.equals(old)) {
                all.forbidden(which + " may not be changed\n" + InternalText.EPHEMERAL_CONTAINER.changes(old, next));
            }
        }
    }
}
