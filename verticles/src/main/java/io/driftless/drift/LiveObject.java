package io.driftless.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.driftless.events.LiveEvent.ResourceObserved;
import io.driftless.events.ResourceId;
import java.util.Arrays;

/// What a live object says of itself in its metadata.
record LiveObject(ResourceObserved observed) {
    private static final String PREFIX = "argocd.argoproj.io/";

    boolean deleting() {
        return metadata().hasNonNull("deletionTimestamp");
    }

    /// Whether it was made by a hook: hooks come and go with syncs and are never drift.
    boolean hook() {
        return !annotation(PREFIX + "hook").isEmpty()
                || !annotation("helm.sh/hook").isEmpty();
    }

    /// Whether its user said that it may be there although Git does not hold it.
    boolean extraneousIgnored() {
        return Arrays.stream(annotation(PREFIX + "compare-options").split(",", -1))
                .map(String::strip)
                .anyMatch("IgnoreExtraneous"::equals);
    }

    boolean healthIgnored() {
        return annotation(PREFIX + "ignore-healthcheck").equals("true");
    }

    /// Whether it is one of ours in its own right. A controller that copies annotations to the objects it makes copies
    /// the tracking id too; such an id names another object, and such an object has an owner.
    boolean ours() {
        return metadata().path("ownerReferences").isEmpty() && tracksItself();
    }

    /// Argo CD writes the destination's namespace into the id of cluster-scoped objects.
    private boolean tracksItself() {
        String[] parts = annotation(PREFIX + "tracking-id").split(":", 3);
        ResourceId id = observed.resource();
        int slash = parts.length == 3 ? parts[2].indexOf('/') : -1;
        return slash >= 0
                && parts[1].equals(id.group() + '/' + id.kind())
                && parts[2].substring(slash + 1).equals(id.name())
                && (id.namespace().isEmpty() || parts[2].substring(0, slash).equals(id.namespace()));
    }

    private String annotation(String name) {
        return metadata().path("annotations").path(name).asText("");
    }

    private JsonNode metadata() {
        return observed.object().path("metadata");
    }
}
