package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.Condition;
import io.driftless.events.ResourceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes manifests ready to be applied for one application.
public sealed interface Desired {
    String TRACKING_ID = "argocd.argoproj.io/tracking-id";
    String SYNC_WAVE = "argocd.argoproj.io/sync-wave";
    String HOOK = "argocd.argoproj.io/hook";

    /// Every object once, in the order rendered; `warnings` tells of objects that appeared twice.
    record Prepared(List<DesiredObject> objects, List<Condition> warnings) implements Desired {
        public Prepared {
            objects = List.copyOf(objects);
            warnings = List.copyOf(warnings);
        }
    }

    /// Some objects cannot be applied as they are.
    record Unusable(List<Condition> conditions) implements Desired {
        public Unusable {
            conditions = List.copyOf(conditions);
        }
    }

    /// For whom.
    ///
    /// @param application name in tracking ids, see [#trackingName]
    /// @param namespace that of the destination; may be empty
    record Target(String application, String namespace, ScopeLookup scopes) {
        /// The name that tracking ids carry for an Application of `namespace` under a control plane in
        /// `controlPlane`.
        public static String trackingName(String controlPlane, String namespace, String name) {
            return namespace.isEmpty() || namespace.equals(controlPlane) ? name : namespace + "_" + name;
        }
    }

    /// Sets namespaces and tracking ids, reads waves and hooks, and lets the later of two equal
    /// objects win. The manifests given are not changed.
    static Desired prepare(List<Manifest> manifests, Target target) {
        Map<ResourceId, DesiredObject> objects = new LinkedHashMap<>();
        Map<ResourceId, Integer> repeats = new LinkedHashMap<>();
        List<Condition> faults = new ArrayList<>();
        for (Manifest manifest : manifests) {
            DesiredObjectBuilder builder = new DesiredObjectBuilder(manifest, target);
            Optional<String> fault = builder.fault();
            if (fault.isPresent()) {
                faults.add(new Condition(Condition.COMPARISON_ERROR, manifest.place() + ": " + fault.get()));
                continue;
            }
            DesiredObject object = builder.build();
            if (objects.put(object.id(), object) != null) {
                repeats.merge(object.id(), 2, (count, one) -> count + 1);
            }
        }
        return faults.isEmpty() ? new Prepared(List.copyOf(objects.values()), warnings(repeats)) : new Unusable(faults);
    }

    private static List<Condition> warnings(Map<ResourceId, Integer> repeats) {
        return repeats.entrySet().stream()
                .map(repeat -> new Condition(
                        Condition.REPEATED_RESOURCE_WARNING,
                        "Resource %s/%s/%s/%s appeared %d times among application resources; the last one counts."
                                .formatted(
                                        repeat.getKey().group(),
                                        repeat.getKey().kind(),
                                        repeat.getKey().namespace(),
                                        repeat.getKey().name(),
                                        repeat.getValue())))
                .toList();
    }

    /// The comma-separated parts of an annotation, trimmed.
    static List<String> parts(ObjectNode object, String annotation) {
        JsonNode value = object.path("metadata").path("annotations").path(annotation);
        return Arrays.stream(value.asText("").split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
