package io.driftless.manifest.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftless.events.ResourceId;
import java.util.List;

/// An object as it is to be applied.
///
/// @param object with namespace and tracking annotation, without fields that only a server sets
/// @param syncWave `argocd.argoproj.io/sync-wave`, 0 without one
/// @param hooks the types of `argocd.argoproj.io/hook` as written (also unknown ones), empty for an ordinary resource
/// @param file where it was written, for messages
public record DesiredObject(ResourceId id, ObjectNode object, int syncWave, List<String> hooks, String file, int line) {
    public DesiredObject {
        hooks = List.copyOf(hooks);
    }

    public String apiVersion() {
        return object.path("apiVersion").asText();
    }
}
